//! No two files lean on each other, not even by way of others.

use std::collections::BTreeSet;

use crate::assert_none;
use crate::modules::{Arrow, Modules};
use crate::source::{Source, sources};

/// Sets of files of which each reaches every other by arrows, each set with its arrows.
fn circles(count: usize, arrows: &[Arrow]) -> Vec<(Vec<usize>, Vec<Arrow>)> {
    let reached: Vec<BTreeSet<usize>> = (0..count).map(|from| reach(from, arrows)).collect();
    let mut circles = Vec::new();
    for first in (0..count).filter(|file| reached[*file].contains(file)) {
        let members: Vec<usize> = reached[first]
            .iter()
            .copied()
            .filter(|other| reached[*other].contains(&first))
            .collect();
        if members.first() == Some(&first) {
            let inside =
                |arrow: &&Arrow| members.contains(&arrow.from) && members.contains(&arrow.to);
            let arrows = arrows.iter().filter(inside).copied().collect();
            circles.push((members, arrows));
        }
    }
    circles
}

/// Every file to which arrows lead from one.
fn reach(from: usize, arrows: &[Arrow]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        let next = arrows.iter().filter(|arrow| arrow.from == file).map(|arrow| arrow.to);
        open.extend(next.filter(|to| reached.insert(*to)));
    }
    reached
}

/// What is not for tests only, in circles.
fn offences(sources: &[Source]) -> Vec<String> {
    let mut arrows = Modules::of(sources).arrows();
    arrows.retain(|arrow| !arrow.in_test);
    let found = circles(sources.len(), &arrows).into_iter();
    found.map(|(members, arrows)| told(sources, &members, &arrows)).collect()
}

fn told(sources: &[Source], members: &[usize], arrows: &[Arrow]) -> String {
    let head = format!("{} files lean on each other:", members.len());
    let arrows = arrows.iter().map(|arrow| {
        let Arrow { from, to, line, .. } = *arrow;
        format!("    src/{}:{line} names src/{}", sources[from].path, sources[to].path)
    });
    [head].into_iter().chain(arrows).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_files_lean_on_each_other() {
    assert_none(&offences(&sources()));
}

#[test]
fn a_circle_is_found_with_its_arrows() {
    let arrow = |from, to| Arrow { from, to, line: 1, in_test: false };
    let arrows = [arrow(0, 1), arrow(1, 2), arrow(2, 1), arrow(2, 3), arrow(4, 5), arrow(5, 4)];
    let found = circles(6, &arrows);
    assert_eq!(found[0], (vec![1, 2], vec![arrow(1, 2), arrow(2, 1)]));
    assert_eq!(found[1].0, [4, 5]);
    assert_eq!(found.len(), 2);
}

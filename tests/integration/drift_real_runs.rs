//! Whether drift can be read from real easy runs, and what prevents it where it cannot.

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Everything in a folder judged as if it were a recovery run.
fn audited(folder: &Path) -> Value {
    let mut command = Command::cargo_bin("talktest").unwrap();
    command.env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"));
    command.args(["audit", "--as-recovery", "--no-logbook", "--format", "json"]).arg(folder);
    serde_json::from_slice(&command.assert().code(0).get_output().stdout).unwrap()
}

/// 20 to 90 minutes of running, hardly walked, with a heart rate whose mean is at most 150 bpm: 81 % of
/// the mean maximum of runners, 185.
fn is_like_a_recovery_run(run: &Value) -> bool {
    let metrics = &run["metrics"];
    let number = |value: &Value| value.as_f64().unwrap_or(0.0);
    let (moving, heart) = (number(&metrics["moving_s"]), &metrics["heart_rate"]);
    run["sport"] == "running"
        && (1200.0..=5400.0).contains(&moving)
        && number(&metrics["walking_s"]) <= 0.1 * moving
        && number(&heart["coverage_pct"]) >= 70.0
        && (1.0..=150.0).contains(&number(&heart["mean_bpm"]))
}

fn slope(run: &Value) -> &Value {
    let findings = run["audit"]["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["criterion"] == "heart-rate-slope").unwrap()
}

#[test]
fn drift_is_read_from_half_of_the_real_easy_runs() {
    let Some(corpus) = crate::support::beside("corpus") else { return };
    let audit = audited(&corpus);
    let runs = audit["runs"].as_array().unwrap().iter();
    let (mut readable, mut reasons) = (0, BTreeMap::<&str, Vec<&str>>::new());
    for run in runs.filter(|run| is_like_a_recovery_run(run)) {
        let finding = slope(run);
        let text = finding["text"].as_str().unwrap();
        eprintln!("{}: {text}", run["sources"][0]["path"]);
        let drift = &run["metrics"]["drift"];
        if finding["result"] == "cannot" {
            assert!(drift["slope_ci"].is_null(), "{run}");
            let reason = run["metrics"]["not_measured"]["drift.slope_ci"].as_str();
            reasons.entry(reason.unwrap_or("not measured")).or_default().push(text);
            continue;
        }
        readable += 1;
        let end = |k: usize| drift["slope_ci"][k].as_f64().unwrap();
        assert!((0.0..=6.02).contains(&(end(1) - end(0))), "{run}");
    }
    let unreadable: usize = reasons.values().map(Vec::len).sum();
    eprintln!("{readable} of {} runs like recovery runs are readable", readable + unreadable);
    for (reason, texts) in &reasons {
        eprintln!("{reason}: {}", texts.len());
    }
    assert!(readable + unreadable >= 10, "the corpus holds easy runs");
    assert!(readable >= unreadable, "{reasons:?}");
}

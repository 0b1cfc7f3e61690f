//! Findings → verdict: how the answers combine.

use serde::{Deserialize, Serialize};

use super::criteria::{duration, effort_rating, time_above_ceiling, time_hard, time_moderate};
use super::criterion_input::CriterionInput;
use super::effort::NoVerdictReason;
use super::finding::Finding;
use super::outcome::{Outcome, Severity};
use crate::session::Verdict;

/// How far the verdict depends on the uncertainty of the lines and on missing seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// It would be the same.
    Firm,
    /// It could be one grade off.
    Soft,
    /// It could be the opposite.
    CloseCall,
}

impl Certainty {
    /// The certainty in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Soft => "could be one grade off",
            Self::CloseCall => "close call",
        }
    }
}

/// Where the signs point when nothing can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaning {
    /// To an easy run.
    Easy,
    /// To a run that was too hard.
    Hard,
}

/// What the run really was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActualEffort {
    /// A recovery run.
    Recovery,
    /// An easy run: above the ceiling, below the moderate line.
    Easy,
    /// A moderate run.
    Moderate,
    /// A run with a hard part.
    Hard,
    /// Easy in effort, too long.
    EasyButLong,
    /// A run that felt hard.
    FeltHard,
}

impl ActualEffort {
    /// The class in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Recovery => "a recovery run",
            Self::Easy => "an easy run",
            Self::Moderate => "a moderate run",
            Self::Hard => "a run with a hard part",
            Self::EasyButLong => "an easy effort, too long",
            Self::FeltHard => "a run that felt hard",
        }
    }
}

/// The verdict with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// How sure it is; `None` where nothing could be judged.
    pub certainty: Option<Certainty>,
    /// Where the signs point; only where nothing could be judged.
    pub leaning: Option<Leaning>,
    /// What the run was; `None` where its effort could not be judged.
    pub was: Option<ActualEffort>,
    /// One sentence.
    pub because: String,
}

impl Ruling {
    /// Combines the findings of a run.
    pub fn of(input: &CriterionInput, findings: &[Finding]) -> Self {
        let effort = effort_answer(findings);
        let verdict = combine(findings, effort);
        let judged = verdict != Verdict::CannotJudge;
        let was = if judged { class(findings, verdict) } else { None };
        Self {
            verdict,
            certainty: judged.then(|| certainty(input, findings, verdict)),
            leaning: if judged { None } else { leaning(input, findings) },
            was,
            because: because(findings, verdict, was),
        }
    }
}

const EFFORT: [&str; 4] = [
    time_above_ceiling::CRITERION.id,
    "longest-above-ceiling",
    time_moderate::CRITERION.id,
    time_hard::CRITERION.id,
];

fn is_effort(finding: &Finding) -> bool {
    EFFORT.contains(&finding.criterion.as_ref())
}

/// The worst answer of the heart-rate rules; `cannot` where they decide nothing.
fn effort_answer(findings: &[Finding]) -> Outcome {
    Outcome::worst(findings.iter().filter(|finding| is_effort(finding)).map(Finding::result))
}

/// The verdict if the heart-rate rules together had given this answer.
pub(super) fn combine(findings: &[Finding], effort: Outcome) -> Verdict {
    let others = || findings.iter().filter(|finding| !is_effort(finding));
    let decisive =
        || others().filter(|finding| finding.severity == Severity::Decisive).map(Finding::result);
    let lowering =
        others().filter(|finding| finding.severity == Severity::Lowering).map(Finding::result);
    let length = result_of(findings, duration::CRITERION.id);
    if effort == Outcome::Fail || decisive().any(|result| result == Outcome::Fail) {
        Verdict::NotRecovery
    } else if effort == Outcome::Cannot || length == Outcome::Cannot {
        Verdict::CannotJudge
    } else if effort == Outcome::Slip
        || decisive().chain(lowering).any(|result| result == Outcome::Slip)
    {
        Verdict::Slipped
    } else {
        Verdict::Kept
    }
}

fn result_of(findings: &[Finding], id: &str) -> Outcome {
    findings.iter().find(|finding| finding.criterion == id).map_or(Outcome::Cannot, Finding::result)
}

/// Compares the verdict with those at stricter and more lenient lines and with missing seconds
/// taken as above every line.
fn certainty(input: &CriterionInput, findings: &[Finding], verdict: Verdict) -> Certainty {
    let (Some(rated), None) = (&input.effort.rated, input.effort.undecided) else {
        return Certainty::Firm;
    };
    let (strict, lenient) = (combine(findings, rated.strict), combine(findings, rated.lenient));
    let if_missing = combine(findings, rated.if_missing_were_above);
    match (strict, lenient) {
        (Verdict::NotRecovery, Verdict::Kept) => Certainty::CloseCall,
        (strict, lenient) if strict != lenient => Certainty::Soft,
        _ if if_missing != verdict => Certainty::Soft,
        _ => Certainty::Firm,
    }
}

/// Signs beside a heart rate that decides nothing: what could be seen of it, and the rating.
fn leaning(input: &CriterionInput, findings: &[Finding]) -> Option<Leaning> {
    let readable = match (&input.effort.rated, input.effort.undecided) {
        (_, Some(NoVerdictReason::Suspected)) | (None, _) => Outcome::Cannot,
        (Some(rated), _) => rated.nominal.worst(),
    };
    let rating = result_of(findings, effort_rating::CRITERION.id);
    let decisive = findings
        .iter()
        .filter(|finding| finding.severity != Severity::Advisory)
        .map(Finding::result);
    let worst = Outcome::worst(decisive.chain([readable]));
    match (worst, readable, rating) {
        (Outcome::Slip | Outcome::Fail, ..) => Some(Leaning::Hard),
        (_, Outcome::Pass, _) | (_, _, Outcome::Pass) => Some(Leaning::Easy),
        _ => None,
    }
}

/// What the run was; `None` where its effort is not known.
fn class(findings: &[Finding], verdict: Verdict) -> Option<ActualEffort> {
    let fails = |id: &str| result_of(findings, id) == Outcome::Fail;
    match () {
        () if verdict != Verdict::NotRecovery => Some(ActualEffort::Recovery),
        () if fails(time_hard::CRITERION.id) => Some(ActualEffort::Hard),
        () if fails(time_moderate::CRITERION.id) => Some(ActualEffort::Moderate),
        () if fails(time_above_ceiling::CRITERION.id) => Some(ActualEffort::Easy),
        () if fails(effort_rating::CRITERION.id) => Some(ActualEffort::FeltHard),
        () if effort_answer(findings) == Outcome::Cannot => None,
        () => Some(ActualEffort::EasyButLong),
    }
}

fn text_of<'a>(findings: &'a [Finding], id: &str) -> &'a str {
    let found = findings.iter().find(|finding| finding.criterion == id);
    found.map_or("", |finding| finding.assessment.text.as_str())
}

fn because(findings: &[Finding], verdict: Verdict, was: Option<ActualEffort>) -> String {
    let text = |id: &str| text_of(findings, id);
    let first = |result: Outcome| {
        let deciding = |finding: &&Finding| {
            finding.severity != Severity::Advisory && finding.result() == result
        };
        findings.iter().find(deciding).map_or("", |finding| finding.assessment.text.as_str())
    };
    match (verdict, was) {
        (Verdict::Kept, _) => {
            format!("{} {}", text(time_above_ceiling::CRITERION.id), text(duration::CRITERION.id))
        }
        (Verdict::Slipped, _) => first(Outcome::Slip).to_owned(),
        (Verdict::CannotJudge, _) => cannot_because(findings).to_owned(),
        (_, Some(ActualEffort::Hard)) => {
            format!("It contained a hard part: {}", text(time_hard::CRITERION.id))
        }
        (_, Some(ActualEffort::Moderate)) => {
            format!("It turned moderate: {}", text(time_moderate::CRITERION.id))
        }
        (_, Some(ActualEffort::Easy)) => {
            format!(
                "A good easy run, not a recovery run: {}",
                text(time_above_ceiling::CRITERION.id)
            )
        }
        (_, Some(ActualEffort::FeltHard)) => text(effort_rating::CRITERION.id).to_owned(),
        (_, None) => {
            format!(
                "{} Its effort cannot be judged: {}",
                text(duration::CRITERION.id),
                cannot_because(findings)
            )
        }
        _ if is_easy_in_every_way(findings) => {
            format!("Easy enough, but {}", text(duration::CRITERION.id))
        }
        _ => text(duration::CRITERION.id).to_owned(),
    }
}

/// The first thing that stands in the way of a verdict: the gate, or the length.
fn cannot_because(findings: &[Finding]) -> &str {
    let gate = super::criteria::heart_rate_coverage::CRITERION.id;
    let stands = |id: &&str| result_of(findings, id) == Outcome::Cannot;
    [gate, duration::CRITERION.id]
        .iter()
        .find(|id| stands(id))
        .map_or("", |id| text_of(findings, id))
}

fn is_easy_in_every_way(findings: &[Finding]) -> bool {
    let rating = result_of(findings, effort_rating::CRITERION.id);
    effort_answer(findings) == Outcome::Pass && matches!(rating, Outcome::Pass | Outcome::Cannot)
}

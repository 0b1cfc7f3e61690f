//! The judgement of one run as the contract has it.

use serde::Serialize;
use serde_json::{Value, json};

use super::anchors::lines_json;
use super::number::round;
use crate::audit::what_if::WouldBeKept;
use crate::audit::{Advice, Audit, Finding, Outcome, Severity};

/// The judgement of one run.
pub(super) fn audit_json(audit: &Audit) -> Value {
    let ruling = &audit.ruling;
    json!({
        "verdict": ruling.verdict,
        "certainty": ruling.certainty,
        "leaning": ruling.leaning,
        "was": ruling.was,
        "because": ruling.because,
        "next_time": audit.next_time.as_ref().map(advice_json),
        "sensitivity": audit.sensitivity,
        "would_be_kept": audit.would_be_kept.as_ref().map(would_be_kept_json),
        "lines_bpm": audit.lines.as_ref().map(lines_json),
        "findings": audit.findings.iter().map(FindingJson::of).collect::<Vec<_>>(),
    })
}

fn advice_json(advice: &Advice) -> Value {
    json!({
        "text": advice.text,
        "up_to_pace_s_per_km": advice.up_to.map(|pace| round(pace.get(), 1)),
        "basis_runs": advice.basis_runs,
    })
}

fn would_be_kept_json(would: &WouldBeKept) -> Value {
    json!({
        "change": would.change.map(|change| json!({
            "minutes_shorter": change.minutes_shorter,
            "bpm_lower": change.bpm_lower,
            "slower_s_per_km": change.slower.map(|slower| round(slower.get(), 1)),
            "without_surges": change.without_surges,
        })),
        "shorter_and_calmer": would.shorter_and_calmer,
    })
}

/// The answer of one criterion.
#[derive(Serialize)]
struct FindingJson<'f> {
    criterion: &'f str,
    severity: Severity,
    result: Outcome,
    value: Option<f64>,
    limit: Option<f64>,
    unit: &'f str,
    text: &'f str,
    spans_s: Vec<[u32; 2]>,
}

impl<'f> FindingJson<'f> {
    fn of(finding: &'f Finding) -> Self {
        let assessment = &finding.assessment;
        Self {
            criterion: &finding.criterion,
            severity: finding.severity,
            result: assessment.result,
            value: assessment.value.map(|value| round(value, 2)),
            limit: assessment.limit.map(|limit| round(limit, 2)),
            unit: &assessment.unit,
            text: &assessment.text,
            spans_s: assessment
                .spans
                .iter()
                .map(|span| [span.start, span.start + span.seconds])
                .collect(),
        }
    }
}

/// The answers of all criteria about a run as text.
pub fn findings_text(audit: &Audit) -> String {
    let findings: Vec<FindingJson> = audit.findings.iter().map(FindingJson::of).collect();
    // Numbers and texts always have a JSON form.
    serde_json::to_string(&findings).unwrap_or_default()
}

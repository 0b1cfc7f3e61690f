//! Everything that the library and the built command promise, as one program: it links once.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads files, stops at the first surprise, and says what it skips"
)]

#[path = "../../examples/generate_fixtures/fixtures.rs"]
mod fixtures;

#[path = "../../fuzz/entry_points.rs"]
mod entry_points;

mod archives;
mod bounds;
mod cached_review;
mod columnar;
#[cfg(feature = "columnar")]
mod columns;
mod command;
mod contracts;
mod damage;
mod device_oracle;
mod drift_real_runs;
mod exports;
mod fit_damage;
mod fit_oracle;
mod fixtures_current;
mod gpx_hostile;
mod gpx_oracle;
mod instructions;
mod label_titles;
mod logbook;
mod lost_heart_rate;
mod measure_judge;
mod mutated_inputs;
mod note;
mod primary_benefit;
mod properties;
mod reader_units;
mod recorder_faults;
mod report_browser;
mod report_command;
mod report_pages;
mod rows_hostile;
mod season;
mod season_answers;
mod services;
mod settings_parse;
mod settings_side_files;
mod settings_values;
mod show;
mod side_files;
mod small_steps;
mod spreadsheet_and_mail;
mod standard_output;
mod stopping;
mod support;
mod talk_test_advice;
mod tcx_hostile;
mod tcx_oracle;
mod tcx_season;
mod web_page;
mod worked_runs;

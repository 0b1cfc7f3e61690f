//! The report as a folder in a zip.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::season::Season;

/// Every page, the audit as JSON, and the settings, plan and notes that it was judged with.
pub fn zip(season: &Season) -> Result<Vec<u8>, String> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut add = |path: &str, bytes: &[u8]| {
        let started = zip.start_file(path, options).map_err(|error| error.to_string());
        started.and_then(|()| zip.write_all(bytes).map_err(|error| error.to_string()))
    };
    let site = season.site()?;
    for page in site.pages() {
        let text = site.render(&page).map_err(|error| error.to_string())?;
        add(&format!("report/{}", page.path), text.as_bytes())?;
    }
    add("report/audit.json", season.audit_json()?.as_bytes())?;
    for (file, bytes) in season.own_texts() {
        add(&format!("report/{}", file.display()), bytes)?;
    }
    zip.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}

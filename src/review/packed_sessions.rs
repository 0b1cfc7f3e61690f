//! Sessions in bytes: in memory a row takes several times as much.

use std::io::BufReader;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::ingest::MeasuredSession;
use crate::metrics::{DamagedChannels, PackedSeries};

/// The sessions of one athlete in as little memory as they take.
pub(super) struct PackedSessions {
    deflated: Box<[u8]>,
    /// Where the channels of each lie: as a rule not in memory.
    channels: Vec<PackedSeries>,
}

impl PackedSessions {
    /// Packs sessions one by one, so that each is freed at once.
    pub(super) fn pack(sessions: Vec<MeasuredSession>) -> Result<Self, DamagedChannels> {
        let mut channels = Vec::with_capacity(sessions.len());
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::fast());
        for mut session in sessions {
            channels.push(std::mem::take(&mut session.row.channels));
            rmp_serde::encode::write_named(&mut deflated, &session)
                .map_err(DamagedChannels::because)?;
        }
        let deflated = deflated.finish().map_err(DamagedChannels::because)?.into_boxed_slice();
        Ok(Self { deflated, channels })
    }

    /// The same sessions in the same order.
    pub(super) fn unpack(self) -> Result<Vec<MeasuredSession>, DamagedChannels> {
        let mut inflated = BufReader::new(DeflateDecoder::new(&*self.deflated));
        let unpack = |channels| {
            let mut session: MeasuredSession =
                rmp_serde::from_read(&mut inflated).map_err(DamagedChannels::because)?;
            session.row.channels = channels;
            Ok(session)
        };
        self.channels.into_iter().map(unpack).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Repair, RepairKind};
    use crate::annotations::Annotations;
    use crate::ingest::{ContentHash, Source};
    use crate::metrics::{RecordedMetadata, Resampled, measure_series, testing};

    #[test]
    fn sessions_come_back_to_the_bit() {
        let session = |minutes: usize, recorded: RecordedMetadata| MeasuredSession {
            athlete: "me".to_owned(),
            sources: vec![Source { path: "a.fit".to_owned(), format: "fit".into(), session: 0 }],
            content: ContentHash(7),
            listed: vec![Annotations::default(); minutes % 2],
            copies: Vec::new(),
            row: Box::new(measure_series(
                recorded,
                Resampled {
                    series: testing::run(60 * minutes, |k| {
                        (Some(120 + (k % 7) as u16), 2_501, 166)
                    }),
                    distance_m: Some(1_000.0 / 3.0),
                    ascent_m: None,
                    speed_recorded: true,
                },
            )),
        };
        let repaired = RecordedMetadata {
            time_zone: Some(chrono_tz::Europe::Berlin),
            damaged: true,
            repairs: vec![Repair { kind: RepairKind::StaleRecords, count: 3 }],
            joined: vec!["b.gpx".to_owned()],
            ..RecordedMetadata::default()
        };
        let sessions = vec![session(45, RecordedMetadata::default()), session(2, repaired)];
        let packed = PackedSessions::pack(sessions.clone()).unwrap();
        assert_eq!(packed.unpack().unwrap(), sessions);
        let mut damaged = PackedSessions::pack(sessions).unwrap();
        damaged.deflated = Box::from(&damaged.deflated[..100]);
        assert!(damaged.unpack().is_err());
    }
}

//! The names of months, long and short, in the languages that are read.

/// By month: English, German, French, Spanish, Italian, Dutch, Portuguese, Czech, then Danish, Norwegian,
/// Swedish, Finnish, Polish, Turkish and Russian, in small letters.
const NAMES: [&str; 12] = [
    "jan january januar jänner janv janvier ene enero gen gennaio januari janeiro led leden \
     ledna oca ocak sty styczeń stycznia янв январь января tammi tammik tammikuuta",
    "feb february februar févr février febrero febbraio februari fev fevereiro úno únor února \
     şub şubat lut luty lutego фев февр февраль февраля helmi helmik helmikuuta",
    "mar march mär märz mars marzo mrt maart março bře březen března mart marts marzec marca \
     мар март марта maalis maalisk maaliskuuta",
    "apr april avr avril abr abril aprile dub duben dubna nis nisan kwi kwiecień kwietnia апр \
     апрель апреля huhti huhtik huhtikuuta",
    "may mai mayo mag maggio mei maio kvě květen května maj maja mayıs май мая touko toukok \
     toukokuuta",
    "jun june juni juin junio giu giugno junho čvn červen června haz haziran cze czerwiec \
     czerwca июн июнь июня kesä kesäk kesäkuuta",
    "jul july juli juil juillet julio lug luglio julho čvc červenec července tem temmuz lip \
     lipiec lipca июл июль июля heinä heinäk heinäkuuta",
    "aug august août ago agosto augustus srp srpen srpna augusti ağu ağustos sie sierpień \
     sierpnia авг август августа elo elok elokuuta",
    "sep sept september septembre septiembre set settembre setembro zář září eyl eylül wrz \
     wrzesień września сен сент сентябрь сентября syys syysk syyskuuta",
    "oct october okt oktober octobre octubre ott ottobre out outubro říj říjen října eki ekim \
     paź październik października окт октябрь октября loka lokak lokakuuta",
    "nov november novembre noviembre novembro lis listopad listopadu kas kasım listopada ноя \
     нояб ноябрь ноября marras marrask marraskuuta",
    "dec december dez dezember déc décembre dic diciembre dicembre dezembro pro prosinec \
     prosince des desember ara aralık gru grudzień grudnia дек декабрь декабря joulu jouluk \
     joulukuuta",
];

/// The number of a month, from 1.
pub(super) fn month(name: &str) -> Option<u32> {
    let place = NAMES.iter().position(|names| names.split(' ').any(|known| known == name))?;
    Some(place as u32 + 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_means_two_months() {
        let all: Vec<&str> = NAMES.iter().flat_map(|names| names.split(' ')).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|name| name.to_lowercase() == **name));
    }

    #[test]
    fn every_language_counts_to_twelve() {
        for months in [
            "jan feb mar apr may jun jul aug sep oct nov dec",
            "jan feb mär apr mai jun jul aug sep okt nov dez",
            "janv févr mars avr mai juin juil août sept oct nov déc",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "jan fev mar abr mai jun jul ago set out nov dez",
            "led úno bře dub kvě čvn čvc srp zář říj lis pro",
            "jan feb mar apr maj jun jul aug sep okt nov dec",
            "jan feb mars apr mai juni juli aug sep okt nov des",
            "tammik helmik maalisk huhtik toukok kesäk heinäk elok syysk lokak marrask jouluk",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "oca şub mar nis may haz tem ağu eyl eki kas ara",
            "янв февр мар апр мая июн июл авг сент окт нояб дек",
        ] {
            let numbers: Vec<u32> = months.split(' ').filter_map(month).collect();
            assert_eq!(numbers, (1..=12).collect::<Vec<_>>(), "{months}");
        }
        assert_eq!(month("smarch"), None);
    }
}

//! What makes a word no label. In the patterns `§` stands for the word, and its surroundings are
//! in plain form (see `fold`); what may fill `<between>` and `<quantity>` see `false_friends`.

use super::false_friend::AmbiguousWords::{Kinds, Words};
use super::false_friend::FalseFriend;
use crate::session::SessionKind::{self, Easy, Interval, Long, Race, Recovery, Tempo};

const ALL: &[SessionKind] = &[Recovery, Easy, Long, Tempo, Interval, Race];
const KEY: &[SessionKind] = &[Long, Tempo, Interval, Race];

pub(super) const TABLE: &[FalseFriend] = &[
    FalseFriend {
        of: Kinds(ALL),
        why: "is denied",
        patterns: &[
            r"\b(?:no|not|never|non|without|instead of|rather than|isn't|wasn't|ain't|hardly|less than|far from|anything but|skip(?:ped|ping)?|missed|cancell?ed) <between>§",
            r"\b(?:kein|keine[mnrs]?|nicht|ohne|statt|anstatt|pas|sans|aucune?|au lieu d[e']|sin|en (?:vez|lugar) de|no (?:fue|es|era)|senza|invece di|non (?:e|era)|nao(?: foi)?|sem|geen|niet|zonder|zadn[yae]|bez|misto|neni) ?<between>§",
            r"(?:不是|不|没有|没|非|無|无|取消)§",
            r"§\w*(?: run)? (?:is |was |got )?(?:cancell?ed|skipped|abgesagt|annulee?)\b",
        ],
    },
    FalseFriend {
        of: Kinds(ALL),
        why: "is about a week or a plan, not about this run",
        patterns: &[
            r"§\w* (?:weeks?|months?|phase|block|period|season|plan|program\w*|wochen?|tyden|wk)\b",
            r"\b(?:semaine|semana|settimana) (?:de |di |d')?§",
            r"§(?:周|週|期|阶段)",
        ],
    },
    FalseFriend {
        of: Kinds(ALL),
        why: "is about another session",
        patterns: &[
            r"\b(?:post|pre|after|before|since|following|ahead of|until|next|upcoming|tomorrow's|yesterday's|day after) <between>§",
            r"\b(?:nach|vor|apres|avant|veille d[eu']|lendemain d[eu']|despues del?|antes del?|tras|dopo|prima (?:di|del|della)|depois|apos|pos|na|voor|po|pred) ?<between>§",
            r"§\w* (?:tomorrow|next (?:week|weekend|month|sunday|saturday))\b",
            r"§(?:前|后|後)",
        ],
    },
    FalseFriend {
        of: Kinds(KEY),
        why: "is what the run recovers from or prepares for",
        patterns: &[
            r"\b(?:for|from) <between>§",
            r"§ recovery?(?:$|[^a-z ]| [-(,:]| (?:runs?|jogs?|lauf|miles?|footing|\d+ ?(?:k|km|mi|miles|min)\b))",
            r"§(?: day)?[ :(-]*(?:warm ?(?:up|down)|cool ?down|w/?u|c/?d|einlaufen|auslaufen|shake ?out)\W*$",
            r"§(?:恢复|恢復)",
        ],
    },
    FalseFriend {
        of: Kinds(ALL),
        why: "is about another sport",
        patterns: &[
            r"§\w* (?:bike |indoor |pool |easy |short )?(?:rides?|riding|spin(?:ning)?|bik(?:e|ing)|cycl(?:e|ing)|swim(?:ming)?|hik(?:e|es|ing)|row(?:ing)?|ski(?:ing)?|skate|paddle|yoga|pilates|stretch(?:ing)?|gym|elliptical|strength|lift(?:ing)?)\b",
            r"§\w* (?:velo|natation|marche|bici\w*|nuoto|natacao|natacion|caminata|caminhada|camminata|rad(?:fahren|fahrt|tour|eln)?|schwimmen|spaziergang|wander\w+|fietsen|wandel\w+|zwemmen|kolo|plavani)\b",
            r"§\w* walk(?:s|ing)?(?:$|[^a-z/&+ ]| (?:[a-qs-z(]))",
            r"§(?:骑|騎|游泳|瑜伽|徒步|步行)",
        ],
    },
    FalseFriend {
        of: Kinds(ALL),
        why: "is what a watch made of the run, not what it was meant to be",
        patterns: &[
            r"\b(?:training effect|trainingseffekt|primary benefit|benefit|aerobic te|exercise load)[ :=(-]*(?:[0-9.,]+[ :(-]*)?§",
            r"\bte [0-9][0-9.,]* ?\(?§|训练效果[ :：]*§",
            r"(?:\btime|%) in §",
        ],
    },
    FalseFriend {
        of: Kinds(&[Recovery]),
        why: "is the rest between the bouts of another session",
        patterns: &[
            r"§ies\b",
            r"\d ?x ?(?:\(|\d|miles?\b|km\b|hills?\b).*§\w*(?:$|[^a-z ]| [^lr])",
            r"\d ?x ?\d.*\((?:[^)]* )?§",
            r"(?:\bw/|\b(?:with|mit|avec|con|com|met)\b) ?(?:<quantity> )?(?:(?:full|easy|short|long|jog|jogging|walk|walking|active|standing|float|equal|complete|of|de|di) )*§\w*(?:$|[^a-z ]| [^lr])",
            r#"\d ?(?:s|secs?|seconds?|sek|''|")(?: [a-z]+)? ?§"#,
            r"(?:^|[^\d.,:])[1-4](?:[.,:]\d+)? ?(?:'|mins?|minutes?|minuten|mn)(?: [a-z]+)? ?§",
            r"(?:^|[^\d.,:])[1-9]\d\d ?(?:m|metres?|meters?|mtr)(?: [a-z]+)? ?§",
            r"(?:^|[^\d.,:])[1-4] ?m (?:[a-z]+ )?§\w*(?:$|[^a-z ]| [^r])",
            r"\b0?[0-4]:\d\d (?:[a-z]+ )?§\w*(?:$|[^a-z ]| [^r])",
            r"§\w*(?: jog| walk)?[ :=(-]*(?:[1-4](?:[.,:]\d+)? ?(?:'|(?:mins?|minutes?|minuten|mn)\b)|0?[0-4]:\d\d(?:$|[,;)]))",
            r#"§\w*(?: jog| walk)?[ :=(-]*(?:\d+ ?(?:(?:s|secs?|seconds?)\b|''|")|[1-9]\d\d ?m\b)"#,
            r"§\w*(?: [a-z]+){0,2} (?:in )?between(?: (?:the |each |every |all )?(?:reps?|repeats|sets?|intervals?|efforts?|rounds?|bouts?|each|them|every|hills?|sprints))?\W*$",
            r"\b(?:standing|float|passive|incomplete) §",
            r"§\w* (?:intervals?|lap|segments?|jogs|valve)\b",
            r"组间§",
        ],
    },
    FalseFriend {
        of: Kinds(&[Recovery]),
        why: "is about the body, not about this run",
        patterns: &[
            r"§\w* (?:time|advisor|score|index|status|rate|process|percentage|needed)\b",
            r"§\w* (?:hr|heart rate)(?: test| drop| ?[:=]|$)",
            r"§\w*[ :=]*\d{2,} ?(?:h|hrs?|hours?|stunden|std)\b",
            r"§(?:ed|ing|s|able|ee)\b",
            r"\b(?:to|must|will|can't|cannot|couldn't|didn't|should|helps?|helped|need(?:s|ed)?(?: some| more)?|lack of|speedy|not enough|poor) §",
            r"\b(?:injury|surgery|covid|flu|illness|knee|achilles|ankle|hip|hamstring|calf|heart rate|hr|hrv|stroke|addiction|drug|alcohol|sleep|muscle)[ -]*§",
            r"§\w*(?: runs?)? (?:from|of|von|vom|van|de|du|da|od|po) <between>(?:[a-z]+ )?(?:injury|surgery|flu|cold|illness|sickness|covid|corona|virus|operation|op|sprain|fracture|addiction|strain|tendonitis|accident|blessures?|verletzung|krankheit|erkaltung|grippe|lesion|infortunio|lesao|zraneni)\b",
            r"(?:伤后|心率|病后|术后)§|§(?:时间|時間|心率|健康)",
            r"\bin §\w*(?: from\b|\W*$)",
        ],
    },
    FalseFriend {
        of: Kinds(&[Recovery]),
        why: "is about something else",
        patterns: &[
            r"§\w* (?:drinks?|shakes?|meals?|food|breakfast|brunch|beers?|brew\w*|coffee|nap|sleep|massage|boots?|pants|tights|shoes|sandals?|slides?|tool|dis[ck]|data|cent(?:er|re)|room|position|vehicle|truck|bath|ice|smoothie|protein|spa)\b",
            r"§\w* (?:road|rd|street|st|church)(?:$|[^a-z ]| [^r])",
            r"\b(?:data|file|disaster|password|system|vehicle|car|asset|debt|economic|search and|rescue (?:and|&)) §",
            r"§\w* (?:of|and rescue|& rescue)\b",
            r"§ vo[mn] \w+",
        ],
    },
    FalseFriend {
        of: Kinds(&[Easy]),
        why: "only describes the word beside it",
        patterns: &[
            r"§ (?:de |di |en )?(?:recovery?|recup\w*|regenera\w*|rigenera\w*|erholung\w*|herstel\w*|long (?:\w+ )?(?:runs?|jogs?)|lange\w* |largo|lungo)",
        ],
    },
    FalseFriend {
        of: Kinds(&[Easy]),
        why: "is about something else",
        patterns: &[
            r"§ ?(?:jet|rider|street|listening|access|target|money|come|said|parking|tiger|lover|to (?:forget|say|see|follow|miss|find|get|love|use|please))\b",
            r"\b(?:big|over|speak|ma[dk]e (?:it|this|that) look|looks?|looked|how|free and) §",
        ],
    },
    FalseFriend {
        of: Words(Easy, &["locker", "base", "footing", "ef", "aerobic"]),
        why: "means something else here",
        patterns: &[
            r"\b(?:davy jones'?s?|foot|gym|storage) §|§ (?:room|key|code)\b",
            r"\b(?:air|military|naval|army|home|the|at|fire|space|data|a) §$",
            r"\b(?:lost|losing|my|bad|good|poor|tricky|slippery|uneven|firm) §|§ (?:was|is|on)\b",
            r"§[ :=]*[01][.,]\d|\bhigh §",
            r"§ (?:capacity|power|intervals?|test|efficiency|decoupling|class|load|te|training effect)\b|§[ :]+\d[.,]\d",
        ],
    },
    FalseFriend {
        of: Kinds(&[Long]),
        why: "is a figure of speech",
        patterns: &[r"\bin the §", r"§ of (?:bad|good|luck|form)\b"],
    },
    FalseFriend {
        of: Words(Tempo, &["tempo"]),
        why: "means speed, time or weather in general",
        patterns: &[
            r"\b(?:locker\w*|langsam\w*|gemutlich\w*|gemuetlich\w*|ruhig\w*|entspannt\w*|rustig|bel|bello|brutto|cattivo|mal|molto|poco|quanto|tanto|muito|pouco|algum|nike) §",
            r"§ (?:libre|libero|livre|ruim|bom|bello|brutto|chuvoso|di (?:merda|pioggia|primavera|gara)|de (?:chuva|sol)|perso|perdido|next)\b",
        ],
    },
    FalseFriend {
        of: Kinds(&[Tempo]),
        why: "is a line that the run kept below",
        patterns: &[r"\b(?:aerobic|slower than|below|under|nowhere near) §"],
    },
    FalseFriend {
        of: Kinds(&[Interval]),
        why: "means running and walking in turn",
        patterns: &[r"\b(?:run|walk|walking|jog)(?: ?[/&+] ?| and | )(?:run|walk|jog)\w* §"],
    },
    FalseFriend {
        of: Words(Interval, &["track"]),
        why: "may be any recorded way",
        patterns: &[
            r"\b(?:test|running|gps|gpx|dirt|farm|forest|cinder|train|tram|bike|cycle|race|back on|on|off|keep|lost|kept|current|my|saved|recorded|active|the|at|round|around) §|\d §$",
            r"§ (?:\d+(?:$|[^\dx ])|\d+ [^x]|my|log|lost|recorded|record|from|me\b|point|name|of|down|suit|pants|and field|along)|§ ?[#:]",
        ],
    },
    FalseFriend {
        of: Words(Interval, &["vo2", "vo2max", "vo2 max", "anaerobic"]),
        why: "is a figure that a watch shows",
        patterns: &[
            r"§[ :=-]*(?:max )?[ :=-]*\d\d(?:[^\dx' ]|$| [^mkx])",
            r"§ (?:max )?(?:went|increased|decreased|estimate|score|value|reading|te|training effect)\b|§[: ]+\d[.,]\d",
        ],
    },
    FalseFriend {
        of: Words(Interval, &["sprint"]),
        why: "is only a part of the run",
        patterns: &[r"(?:\b(?:with|plus|and|final|last|big|to|the|a)|[+&/\d]) (?:\w+ )?§$"],
    },
    FalseFriend {
        of: Words(Interval, &["repeats"]),
        why: "is a figure of speech",
        patterns: &[r"\b(?:history|on) §"],
    },
    FalseFriend {
        of: Kinds(&[Race]),
        why: "is not about racing in this run",
        patterns: &[
            r"§ (?:street|st|road|rd|course|track|point|lane|weekend|weight|prep\w*|pace|simulation|kit|shoes|bib|packet|pickup|condition|village|director|volunteer\w*|marshal\w*|support|crew|spectat\w+|expo|registration|against|me|you|to|walk\w*|horses?|cars?)\b",
            r"§\w* (?:on|this|coming) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend)\b",
            r"\b(?:rat|human|arms|space|mill|drag|bike|cycling|swim|boat|sailing|horse|car|ski|yacht|ritmo|passo|allure) §",
            r"\b(?:watch(?:ed|ing)|spectat\w+|volunteer\w*|marshal\w*|cheer\w*|train) (?:at |the |a )*§",
            r"§ (?:is )?in (?:\d+|a|two|three|few) (?:days?|weeks?|months?)\b",
            r"\b(?:days?|weeks?) (?:to|until|till|out from|before) <between>§",
            r"\bbetween (?:the |two )?§|\bdns §|§ \(?dns\b",
            r"§配速",
        ],
    },
];

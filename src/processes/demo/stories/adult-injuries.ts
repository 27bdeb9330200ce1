import { icd10, type Story } from './story.ts'

/** Falls, wounds, nights out and crises of adults. They are out of scope and show that they are. */
export const adultInjuries: readonly Story[] = [
  {
    weight: 7,
    ages: [68, 97],
    triage: [
      '{as} BIBA, fall at [home|NH|bus stop] {ago}, [tripped on rug|lost balance|unwitnessed]. {side} hip pain, leg short + ext rotated. ?#NOF. [Long lie 4/24|No long lie]. {analgesiaAdult}. {pmhAdult}',
      '{as} mech fall {ago}, HI on [edoxaban|apixaban|no AC]. [Skin tear|Haematoma] {side} [forearm|forehead]. GCS 15. {obsAdult}. Lives alone',
    ],
    clinician: [
      'XR {side} intracapsular #NOF. FIB done. NOF pathway, T+O, orthogeri. Consented 1/4.',
      'CT head no ICH. CXR ribs ok. Skin flap steristripped. L/S BP drop 22. Therapy r/v, home w POC.',
    ],
    codes: [icd10('S72.0', 'Fracture of neck of femur')],
    disposals: ['Admitted to trauma ward', 'Discharged home'],
  },
  {
    weight: 9,
    ages: [18, 75],
    isMinor: true,
    triage: [
      '{as} twisted {side} [ankle|knee] [on kerb|at 5 a side|stepping off ladder|gardening] {ago}. {swelling} lat mall. [WB|NWB]. {nv}. {analgesiaAdult}',
      '{as} FOOSH {side} {ago}, [ice|wet leaves|off bike|pulled over by dog]. {swelling} wrist. {nv}. {triagePlan}',
      '{as} LBP {since}, [lifting|bending|no trauma], rad {side} leg. No saddle anaesthesia, PU ok. {analgesiaAdult}',
    ],
    clinician: [
      'XR NBI. Sprain. Boot + crutches. Physio.',
      'Colles type # {side}, haematoma block + MUA, backslab. VFC.',
      'No red flags, SLR [40|60]. PR tone N. Naproxen + physio. {safetyNet}.',
    ],
    codes: [icd10('S93.4', 'Sprain and strain of ankle')],
  },
  {
    weight: 6,
    ages: [18, 72],
    isMinor: true,
    triage: [
      '{as} lac {side} [index finger|thumb|palm] cutting [onion|avocado|bagel] w kitchen knife {ago}. 2cm, bleeding controlled. Sensation intact. Tetanus [UTD|?]',
      '{as} FB {side} eye grinding metal {ago}, no goggles. VA 6/9. Watering. Fluorescein done',
      '{as} {side} hand caught in [door|gate|car boot] {ago}. {swelling}, subungual haematoma. {nv}',
      '{as} nail gun inj {side} [thumb|hand] at work {ago}. Nail out. Sensation ok. XR req',
    ],
    clinician: [
      'FDS/FDP ok, DN intact. Sutured x4. ROS 10/7.',
      'Rust ring removed w needle under slit lamp. Chlor. Eye cas PRN.',
      'Trephined, XR tuft #. Splint. Home.',
      'XR no # no FB. Washed out, co-amox. Hand clinic.',
    ],
    codes: [icd10('S61.0', 'Open wound of finger without damage to nail')],
  },
  {
    weight: 4,
    ages: [18, 58],
    hours: [19, 5],
    triage: [
      '{as} BIBA intoxicated, found [asleep at bus stop|outside club|by police]. GCS 14 (V4). [Grazes to face|No injury seen]. BM 5.6. Smells ETOH. Mates gone home',
      '{as} alleged assault outside [pub|club|kebab shop] {ago}, punched x2 {side} face. No LOC. {swelling} cheek. ETOH+. Police aware',
      '{as} punched wall, {side} hand pain 5th MC. {swelling}. {nv}. ETOH',
    ],
    clinician: [
      'Sobered, E+D, mobilised steady. HI exam NAD. Home w [partner|taxi].',
      'CT facial bones [NAD|undisplaced zygoma #]. Max fax OPD. Declined police.',
      '5th MC neck #. Neighbour strap. VFC.',
    ],
    codes: [icd10('F10.0', 'Mental and behavioural disorders due to use of alcohol: acute intoxication')],
    disposals: ['Discharged home'],
  },
  {
    weight: 3,
    ages: [18, 60],
    hours: [16, 4],
    triage: [
      '{as} OD {ago}: [24|32] x 500mg paracetamol + ETOH. Regrets. 4 hr levels due. TOXBASE. MH triage: [medium|high]. Cubicle w obs',
      '{as} low mood {since}, SI no plan. Known to CMHT. Came w [partner|friend]. No DSH today. PLN referral',
    ],
    clinician: [
      'Levels under line. Medically fit. PLN: home w HTT, GP.',
      'Not acutely suicidal, protective factors. HTT 24h. Crisis card.',
    ],
    codes: [icd10('T39.1', 'Poisoning: 4-Aminophenol derivatives')],
    disposals: ['Discharged, home treatment team'],
  },
  {
    weight: 4,
    ages: [19, 78],
    triage: [
      '{as} [driver|rear passenger] RTC {ago}, [shunted at lights|low speed roundabout|skid on ice]. Belted, airbags [no|deployed]. Neck + chest ache. Ambulant at scene. {obsAdult}',
      '{as} came off [bike|e-scooter|horse] {ago}. {side} shoulder + hip. Helmet on. No LOC. {analgesiaAdult}. {nv}',
    ],
    clinician: [
      'C spine clear (Canadian). CXR + FAST neg. WAD 1. Home.',
      'XR [AC joint gr 2|# clavicle mid 1/3|NBI]. Polysling. VFC.',
    ],
    codes: [icd10('S13.4', 'Sprain and strain of cervical spine')],
  },
]

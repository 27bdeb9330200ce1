import { icd10, type Story } from './story.ts'

/** The words are there, and mean something else or are denied: a queue full of these would hide the others. */
export const decoys: readonly Story[] = [
  {
    weight: 1,
    ages: [7, 12],
    isMinor: true,
    triage: [
      '{as} with dad. Cut {side} thumb on butter knife making toast {ago}. 1cm, clean, bleeding stopped. {allergy}. {safeChild}',
    ],
    clinician: ['Superficial. Steristrips x2. Home.'],
  },
  {
    weight: 1,
    ages: [13, 16],
    isMinor: true,
    triage: [
      '{as} {with}. Nail gun inj {side} index finger helping [dad|grandad] w [decking|shed] {ago}. Nail removed at home. {nv}. Tetanus UTD. Xray req',
    ],
    clinician: ['XR no #, no FB. Washed out, co-amox, hand clinic. Accident, supervised.'],
  },
  {
    weight: 1,
    ages: [12, 16],
    isMinor: true,
    triage: [
      '{as} stabbing pain {side} chest on deep breath {since}. No trauma, no cough. Sats 99%. ECG NSR. {pmhChild}. {withTeen}',
    ],
    clinician: ['Reproducible costochondral tenderness. CXR clear. Costochondritis. NSAID. {safetyNet}.'],
    codes: [icd10('M94.0', 'Chondrocostal junction syndrome')],
  },
  {
    weight: 1,
    ages: [13, 17],
    isMinor: true,
    triage: [
      '{as} sore throat + fever {since}. {obsChild}. {allergy}. Risk screen: Any weapons? N. Drugs? N. Feels safe at home? Y',
    ],
    clinician: ['Feverpain 2. Viral. {safetyNet}.'],
  },
  {
    weight: 1,
    ages: [14, 17],
    triage: [
      '{as} low mood {since}, GP referral for ?bloods. FH of overdose (maternal aunt 2011). {obsChild}. {with}',
    ],
    clinician: [
      'No SI, no plan, no DSH. Good support at home. Bloods incl TFT sent. CAMHS open referral. {gp}.',
    ],
  },
  {
    weight: 1,
    ages: [15, 17],
    triage: [
      '{as} headache {since}. PMH renal, under BCH. DH: amlodipine 5mg OD, ramipril 2.5mg OD. BP 132/84. {allergy}. {with}',
    ],
    clinician: [
      'Neuro NAD. Fundi normal. BP settled on repeat. D/W renal - OPD brought fwd. Continue amlodipine 5mg OD.',
    ],
  },
  {
    weight: 1,
    ages: [8, 13],
    isMinor: true,
    sex: 'female',
    triage: [
      '{as} burn {side} index finger from glue gun doing craft at home {ago}. Blister 1cm. Cooled. {imms}. {analgesia}',
    ],
    clinician: ['Superficial partial <0.5%. Dressed. GP nurse 48h.'],
  },
  {
    weight: 1,
    ages: [11, 16],
    isMinor: true,
    triage: [
      '{as} lac {side} palm w kitchen knife, cutting [avocado|bread|apple] {ago}. 2cm. {nv}. Tetanus UTD. With mum, who saw it happen',
    ],
    clinician: ['FDP/FDS intact. 3 x 5.0. ROS 7/7. Consistent story. Home.'],
  },
  {
    weight: 1,
    ages: [9, 14],
    isMinor: true,
    triage: [
      '{as} {side} eye pain, hit by nerf gun dart at [party|cousins house] {ago}. VA 6/9. Watering. {analgesia}. {with}',
    ],
    clinician: ['Small corneal abrasion, no hyphaema. Chlor 5/7. Eye advice.'],
    codes: [icd10('S05.0', 'Injury of conjunctiva and corneal abrasion without mention of foreign body')],
  },
  {
    weight: 1,
    ages: [13, 16],
    isMinor: true,
    triage: [
      '{as} faint in [assembly|church] {ago}. Denies DSH or overdose, denies drugs. BM 4.6. ECG NSR. {with}. Missed breakfast',
    ],
    clinician: ['Vasovagal. L/S BP ok. No concerns when seen alone. {gp}.'],
  },
  {
    weight: 1,
    ages: [8, 15],
    isMinor: true,
    triage: [
      '{as} fell off [climbing wall|pony|top bunk] onto {side} shoulder blade {ago}. Full ROM, bruise. {obsChild}. {analgesia}. {safeChild}',
    ],
    clinician: ['Scapula non tender on palp now. No XR. Bruise. Home.'],
  },
  {
    weight: 1,
    ages: [6, 12],
    isMinor: true,
    triage: [
      '{as} sore {side} deltoid after flu shot at school yesterday. Red 3cm, warm. T 37.6. {allergy}. {with}',
    ],
    clinician: ['Local vaccine reaction. Cool pack. Home.'],
  },
]

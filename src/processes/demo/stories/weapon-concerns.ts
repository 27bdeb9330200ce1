import { icd10, type Story } from './story.ts'

/** Children hurt, threatened or frightened with weapons, written the way a busy department writes it. */
export const weaponConcerns: readonly Story[] = [
  {
    // The word that matters is misspelt, and only the nurse wrote it.
    weight: 1,
    ages: [14, 16],
    sex: 'male',
    hours: [19, 23],
    triage: [
      '{as} self presented with friend. 4cm lac {side} forearm, states caught on [broken glass|a gate] {ago}. Bleeding controlled. {nv}. {allergy}. Quiet, avoiding eye contact.',
    ],
    nursing: [
      'Wound cleaned + dressed. While mum on phone, friend told HCA it was a kinfe, older lad from [another school|the estate] did it outside the chip shop. Pt asked friend to stop talking. Told nurse in charge.',
    ],
    clinician: [
      '4cm clean incised wound ulnar border {side} forearm, to fat. No tendon or nerve injury. 7 x 4.0 nylon. Tetanus UTD. Pt keeps to glass story. ?inconsistent. D/W reg.',
    ],
    codes: [icd10('S51.8', 'Open wound of other parts of forearm')],
    disposals: ['Discharged home'],
  },
  {
    // One sentence in the middle of a long, ordinary note.
    weight: 1,
    ages: [15, 16],
    sex: 'male',
    hours: [16, 21],
    triage: [
      '{as} {with}. Rolled {side} ankle running for bus {ago}. {swelling} lat mall. Limping. {nv}. {analgesia}. {allergy}. {triagePlan}',
    ],
    clinician: [
      `{as}, F+W, Y11 at {schoolName}. PC: inversion inj {side} ankle running for bus {ago}. Heard a click, able to take a few steps at scene, pain 6/10 on WB. No other injury, no HI, no LOC.
PMH nil. DH nil. {allergy}. Imms UTD. SH: lives w mum + 2 younger sibs, dad not in contact. Attends school most days, predicted 5s and 6s, plays football for [the town|his dad’s old club]. Vapes, denies cannabis. When asked about getting home he said he does not walk past the [shops|canal] any more, and that he carries a knife for protection since what happened to his mate in the summer. Would not say more, asked me not to tell mum. No thoughts of harming self. Sleeping poorly.
O/E walking w limp, swelling over ATFL, tender post aspect lat malleolus. Squeeze neg. Base of 5th non tender. Achilles intact. {nv}.
XR ankle 2 views: no # seen. Imp: gr 2 ATFL sprain. Plan: boot, crutches, PRICE, physio self referral leaflet, {safetyNet}.`,
    ],
    codes: [icd10('S93.4', 'Sprain and strain of ankle')],
    disposals: ['Discharged, GP follow-up'],
  },
  {
    // Two words run together in capitals.
    weight: 1,
    ages: [13, 15],
    hours: [20, 23],
    triage: [
      '{as} BIB FRIENDS MUM. LAC {side} PALM ONKNIFE IN PARK {ago}. WONT SAY WHO HAD IT OR WHY. 3CM, BLEEDING +, PRESSURE DRESSING. {allergy}. PARENTS NOT YET CONTACTED',
    ],
    clinician: [
      '3cm lac thenar eminence, FPL intact, sensation normal. Sutured x5. Vague hx, phone going constantly. Mum informed by phone, on way.',
    ],
    codes: [icd10('S61.8', 'Open wound of other parts of wrist and hand')],
  },
  {
    // Slang, as the child says it.
    weight: 1,
    ages: [16, 17],
    sex: 'male',
    hours: [21, 1],
    triage: [
      '{as} WI w 2 mates, wound {side} thigh {ago}. States got shanked outside [the chicken shop|the skate park], doesnt know who. Approx 2cm, oozing, no pulsatile bleed. HR 112, BP 128/74. Declined police. {allergy}',
    ],
    clinician: [
      '2cm wound lat thigh, probed to fascia, no vascular injury, CTA not indicated d/w trauma TL. Closed. Will not give account. Friends left before details taken.',
    ],
    codes: [icd10('S71.1', 'Open wound of thigh')],
    disposals: ['Admitted to surgical ward'],
  },
  {
    // In the letter to the GP, not in the note.
    weight: 1,
    ages: [14, 16],
    sex: 'female',
    hours: [11, 18],
    triage: [
      '{as} {withTeen}. Panic attack {school} {ago}, tingling hands + CP, settled w breathing. ECG NSR. {obsChild}. {pmhChild}',
    ],
    clinician: [
      'Hx as triage. Exam normal. Anxiety, worse x3/52, off sleep, not wanting to go to school. Happy to talk w/o mum, see letter. {safetyNet}.',
    ],
    discharge: [
      'Dear Dr, thank you for seeing this young person who attended with a panic attack. ECG and observations were normal. She told us that three weeks ago a boy in the year above was stabbed near her bus stop and that she helped him, and that his friends have since sent her messages telling her to keep quiet. She has not told her parents. Please could you review her mood in one week.',
    ],
    codes: [icd10('F41.0', 'Panic disorder')],
    disposals: ['Discharged, GP follow-up'],
  },
  {
    // An air weapon: easily taken for play.
    weight: 1,
    ages: [9, 12],
    sex: 'male',
    hours: [13, 18],
    triage: [
      '{as} {with}. Pellet inj {side} cheek {ago}, brothers friend fired air rifle [in garden|over the fence], ?aimed at him. 3mm entry wound, nil exit. VA 6/6 both. {imms}. {analgesia}',
    ],
    clinician: [
      'XR: metallic FB {side} malar region, 5mm. Eye exam normal. D/W max fax - remove under GA mane. Older boy 17, dad unsure whose it is or where kept.',
    ],
    codes: [icd10('S01.4', 'Open wound of cheek and temporomandibular area')],
    disposals: ['Admitted to paediatric ward'],
  },
  {
    // A threat, with no wound at all.
    weight: 1,
    ages: [12, 14],
    sex: 'male',
    hours: [16, 20],
    triage: [
      '{as} {with}. Fell running, graze both knees + {side} wrist pain. Was running as 2 lads on e-scooter threatened him w machete at bus stop + took phone + trainers. {nv}. Shaken, tearful. Family have rung 101.',
    ],
    clinician: [
      'Wrist XR NBI. Wounds cleaned. Family say second time this month. Not wanting to return to school. Crime no. given by police.',
    ],
    codes: [icd10('S80.0', 'Contusion of knee')],
  },
]

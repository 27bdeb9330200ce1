import { icd10, type Story } from './story.ts'

/** What brings children in on an ordinary day. */
export const childIllnesses: readonly Story[] = [
  {
    weight: 10,
    ages: [0, 7],
    isMinor: true,
    triage: [
      '{as} {with}. Fever {since}, Tmax [38.6|39.1|39.4|40.1]. Coryzal, reduced intake, [2|3|4] wet nappies today. {alert}. No rash. {imms}. [Calpol 2/24 ago|Ibuprofen given at triage]',
      '{as} pyrexial {since}. Pulling {side} ear, off food. Drinking ok. {obsChild}. {pmhChild}. {imms}. Sibling has same',
      'Temp + cough {since}. Snotty. [Tonsils red|Ears ok]. PU normal. {alert}. Nursery has had [chicken pox|HFM|scarlet fever] going round. {safeChild}',
    ],
    clinician: [
      'O/E pink, well perfused, chest clear, HS I+II, abdo SNT, ENT: [red {side} TM|tonsils ++ no pus|NAD], no meningism, blanching [viral rash|mottling when hot]. Imp: viral URTI. Fluids, antipyretics. {safetyNet}.',
      'Feverpain [1|2|3]. Urine dip [NAD|leu neg nit neg]. Tolerating fluids in dept. Viral illness. Home, open access 24h. {gp}.',
    ],
    codes: [icd10('J06.9', 'Acute upper respiratory infection, unspecified')],
  },
  {
    weight: 6,
    ages: [0, 10],
    triage: [
      '{as} D&V {since}. Vomited x[3|4|6], loose stool x[2|4|5], no blood. [2|3] wet nappies / PU x2. Dry lips. BM [4.2|4.8|5.1]. {alert}. Brother had same last wk',
      'Vomiting {since}, now keeping sips down. No bile. Abdo soft per {carer}. {obsChild}. No travel. {imms}',
    ],
    clinician: [
      'Clinically <5% dehydrated. Fluid challenge passed w dioralyte. Abdo SNT. Gastroenteritis. 48h off [school|nursery]. {safetyNet}.',
    ],
    codes: [icd10('A09.9', 'Gastroenteritis and colitis of unspecified origin')],
  },
  {
    weight: 6,
    ages: [1, 12],
    triage: [
      '{as} SOB + wheeze {since}, [2|4|6] puffs salbutamol at home w some effect. Sats 9[2|3|4|5]% OA, RR [32|36|40], mild recession. Talking in sentences. Known asthma / VIW. {allergy}',
      '{as} barking cough overnight, stridor when upset. {obsChild}. Imp ?croup. {with}. Settles when calm',
    ],
    clinician: [
      '[Burst therapy x3|10 puffs via spacer] + pred 3/7. Stretched to 3-4 hrly, sats 9[6|7]% OA. Inhaler technique checked. Wheeze plan given. GP 48h.',
      'Croup, Westley [1|2]. Dex 0.15mg/kg PO. Obs 2/24 - no stridor at rest. Home. {safetyNet}.',
    ],
    codes: [icd10('J45.9', 'Asthma, unspecified')],
    disposals: ['Discharged home'],
  },
  {
    weight: 3,
    ages: [0, 1],
    triage: [
      '{as} poor feeding {since}, taking half bottles. Snuffly, cough, apnoeas nil. RR [48|52|56], mild subcostal recession. Sats 9[4|5|6]% OA. Born [38|39|40]/40, nil NNU. {with}',
      '{as} crying++ {since}, not settling. Feeding ok, BO normal. Handles well, consoles w mum. Apyrexial. HV known. {imms}',
    ],
    clinician: [
      'Day [3|4] bronchiolitis, feeding >60%. No O2 need. Home w advice re peak day 5. Open access. {safetyNet}.',
      'Top to toe exam NAD incl fontanelle, hips, hair tourniquet check. ?colic ?reflux. Parents coping, good support. HV to review.',
    ],
    codes: [icd10('J21.9', 'Acute bronchiolitis, unspecified')],
  },
  {
    weight: 5,
    ages: [5, 16],
    triage: [
      '{as} abdo pain {since}, [central → RIF|generalised|periumbilical]. [Vomited x1|Nausea]. BO [yesterday|3/7 ago]. Urine dip [NAD|ketones +]. {obsChild}. {allergy}',
      'Tummy pain {since}, comes + goes. Eating ok. {carer} worried re appendix as [cousin|brother] had his out. {alert}. {pmhChild}',
    ],
    clinician: [
      'Abdo soft, [mild RIF tenderness, no guarding|faecal loading LIF|SNT]. [Surgical r/v: not appendicitis|?constipation - movicol|?mesenteric adenitis]. {safetyNet}.',
    ],
    codes: [icd10('R10.4', 'Other and unspecified abdominal pain')],
    disposals: ['Discharged home', 'Discharged, GP follow-up'],
  },
  {
    weight: 4,
    ages: [1, 14],
    isMinor: true,
    triage: [
      '{as} [itchy|urticarial|widespread] rash {since}, after [strawberries|new washing powder|penicillin|peanut butter|playing in long grass]. No wheeze, no facial swelling. Sats 99%. {alert}',
      '{side} eye [red + sticky|swollen lid|watering] {since}. VA ok. No injury. Afebrile. {pmhChild}',
      'Earache {side} {since}, [discharge on pillow|crying w pain]. {analgesia}. T 38.2. {allergy}',
    ],
    clinician: [
      'Urticaria, no anaphylaxis. Cetirizine 5/7. {safetyNet}.',
      'Conjunctivitis, chlor drops, hygiene advice.',
      '{side} AOM, [delayed abx|amox 5/7]. {gp}.',
    ],
    codes: [icd10('L50.9', 'Urticaria, unspecified')],
  },
  {
    weight: 4,
    ages: [12, 17],
    triage: [
      '{as} collapse {school} {ago}, felt hot + dizzy first. LOC <10s, no jerking. No breakfast. ECG done. BM [4.4|5.2]. {obsChild}. {withTeen}',
      '{as} headache {since}, photophobia, N+V x1. Known migraine. No rash, neck ok. {analgesia}. {obsChild}',
      '{as} palps + chest tightness {since}, exams this wk. ECG NSR. Talking freely. {pmhChild}. {withTeen}',
      '{as} sore throat {since}, painful to swallow, [hot + achy|neck glands up]. Drinking small amounts. {allergy}. {obsChild}',
    ],
    clinician: [
      'Lying/standing BP no drop. ECG normal QTc. Simple faint. Fluids + breakfast advice. {gp}.',
      'Neuro exam NAD, fundi normal. Settled w metoclopramide + ibuprofen. Home. {gp}.',
      'Chest clear, ECG NAD. Likely anxiety, feels safe at home + school, seen alone. GP + school nurse.',
      'Tonsils [++ exudate|red no pus], no quinsy. [Pen V 5/7|Delayed script]. {safetyNet}.',
    ],
    codes: [icd10('R55', 'Syncope and collapse')],
  },
]

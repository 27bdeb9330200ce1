import { icd10, type Story } from './story.ts'

/** What brings adults in: none of it is in scope, all of it is counted. */
export const adultIllnesses: readonly Story[] = [
  {
    weight: 9,
    ages: [32, 90],
    triage: [
      '{as} c/o central chest [pain|tightness|heaviness] {since}, rad [L arm|jaw|nil]. [Clammy|Nil SOB|SOBOE]. {pmhAdult}. ECG [NSR no acute changes|AF 96|old LBBB]. Asp 300 by crew. {obsAdult}',
      'CP {since}, worse [on inspiration|lying flat|after food]. {mode}. {pmhAdult}. ECG shown to reg. Bloods sent. {allergy}',
    ],
    clinician: [
      'Trop [<3|5|11], repeat [no delta|awaited]. HEART [2|3|4]. CXR clear. Imp [MSK|reflux|?ACS - ward]. {gp}.',
    ],
    codes: [icd10('R07.4', 'Chest pain, unspecified')],
    disposals: ['Discharged home', 'Admitted to AMU', 'Admitted to SDEC'],
  },
  {
    weight: 8,
    ages: [45, 92],
    triage: [
      '{as} BIBA SOB {since}. Sats 8[6|8|9]% OA → 9[2|3]% on [28% venturi|2L NC]. RR [24|26|28]. Prod cough green. Known COPD. Nebs by crew. NEWS [5|6|7]',
      '{as} SOB {since}, ankles swollen, 3 pillows. PMH CCF, AF. Furosemide 40mg. RR 22. {obsAdult}',
      'SOB + cough {since}. CRB65 [1|2]. T 38.4. {allergy}. CXR + bloods req',
    ],
    clinician: [
      'IECOPD, CXR no consolidation. Pred, doxy, nebs. ABG pH 7.3[5|6|7]. Medics.',
      'Decomp HF. IV furosemide, catheter, echo. Medics.',
      'R LL CAP. IV co-amox. Medics.',
    ],
    codes: [icd10('J44.1', 'Chronic obstructive pulmonary disease with acute exacerbation')],
    disposals: ['Admitted to respiratory ward', 'Admitted to AMU', 'Admitted to AMU'],
  },
  {
    weight: 8,
    ages: [19, 80],
    triage: [
      '{as} abdo pain {since}, [RUQ|RIF|epigastric|LIF|loin → groin]. N+V x[1|3]. BO normal. {pmhAdult}. {obsAdult}. {analgesiaAdult}',
      'Vomiting {since}, unable to keep fluids down. [Takeaway last night|Family also unwell|On metformin]. Abdo soft. {allergy}',
    ],
    clinician: [
      '[Tender RUQ, Murphy +ve. CRP 46. USS - gallstones|Loin tender. CT KUB - 4mm VUJ stone|Guarding RIF. CRP 112. ?appendix]. Lipase N. Surg r/v.',
      'Gastritis / GE. IV fluids + ondansetron, tolerating. Home.',
    ],
    codes: [icd10('R10.4', 'Other and unspecified abdominal pain')],
    disposals: ['Admitted to surgical ward', 'Discharged home'],
  },
  {
    weight: 7,
    ages: [66, 96],
    triage: [
      '{as} confused {since} per [carers|daughter|wife|NH staff]. Off legs. Urine offensive. T 37.9. AMTS [4|5|6]/10. DNACPR in place',
      '{as} ?TIA - [slurred speech|{side} facial droop|{side} arm weakness] lasting [20 mins|1/24], resolved. FAST [neg|+ve on scene]. BM 6.8. On apixaban. {obsAdult}',
      'Generally unwell {since}, not eating. [Lives alone, POC BD|From NH]. {pmhAdult}. {obsAdult}',
    ],
    clinician: [
      'Delirium ?UTI. Bladder scan 310. CT head no acute. Abx per policy. Frailty.',
      'ABCD2 [3|4|5]. CT head NAD. TIA clinic, clopi. No driving.',
      'AKI 1 on CKD, dehydrated. IVI. Frailty SDEC. Therapy r/v.',
    ],
    codes: [icd10('R41.0', 'Disorientation, unspecified')],
    disposals: ['Admitted to frailty unit', 'Discharged, TIA clinic', 'Admitted to frailty unit'],
  },
  {
    weight: 5,
    ages: [18, 70],
    triage: [
      '{as} headache {since}, [frontal|occipital, sudden onset|worse on bending]. Photophobia. No rash. GCS 15. {analgesiaAdult}',
      '{as} palpitations {since}, HR [128|142|156] irreg. No CP. ?AF. {mode}. {allergy}',
      '{as} {side} calf swollen + tender {since}. [Flight last wk|On COCP|Knee op 3/52]. ?DVT. Wells [1|2|3]',
      '{as} {side} lower leg red, hot, spreading {since}. T 38.1. [Diabetic|Insect bite]. Marked w pen',
    ],
    clinician: [
      'CT head + LP [NAD|not needed]. Migraine / tension. Home.',
      'AF new, rate ctrl bisoprolol. CHADSVASC [0|2]. Amb cardiology.',
      'D-dimer [neg|raised → USS mane]. LMWH cover. SDEC.',
      'Cellulitis, eron [1|2]. Fluclox. Amb IV.',
    ],
    codes: [icd10('R51', 'Headache')],
  },
  {
    weight: 4,
    ages: [18, 44],
    sex: 'female',
    triage: [
      '[6|8|9|11]/40, PV bleed {since}, [spotting|clots]. Mild cramps. G[1|2|3]P[0|1]. HR 84. Rh status sent',
      'Dysuria + frequency {since}, loin pain. Temp 38. Urine leu+ nit+. Preg test neg. {allergy}',
    ],
    clinician: [
      'Haem stable, os closed. EPAU mane 0900. {safetyNet}.',
      'Pyelo. Cefalexin 7/7, tolerating. {safetyNet}.',
    ],
    codes: [icd10('O20.9', 'Haemorrhage in early pregnancy, unspecified')],
    disposals: ['Discharged, EPAU', 'Discharged home'],
  },
  {
    weight: 3,
    ages: [50, 92],
    triage: [
      '{as} epistaxis {side} {since}, on [apixaban|warfarin|aspirin]. Pressure 20 mins. BP 168/92',
      '{as} unable to PU {since}, suprapubic pain. Known BPH. Bladder scan [640|820|999]ml',
      'Catheter [blocked|bypassing] {since}. DN unable to come. Lower abdo pain',
    ],
    clinician: [
      'Cauterised w AgNO3, [Rapid Rhino 5.5cm, ENT|settled, naseptin]. Home.',
      '14Ch catheter, res [700|900]ml. U+E ok. TWOC clinic.',
      'Catheter changed, draining clear. Home.',
    ],
    codes: [icd10('R33', 'Retention of urine')],
  },
]

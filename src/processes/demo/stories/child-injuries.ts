import { icd10, type Story } from './story.ts'

/** Falls, bumps and burns of every day. */
export const childInjuries: readonly Story[] = [
  {
    weight: 10,
    ages: [4, 14],
    isMinor: true,
    triage: [
      '{as} {with}. Fell off [trampoline|monkey bars|scooter|climbing frame|bike|bed] {ago}, FOOSH {side} [wrist|forearm|elbow]. {swelling}. {nv}. {analgesia}. {allergy}. {safeChild}',
      '{as}. [Slipped|Tripped|Fell] {school}, inj {side} [wrist|elbow|hand|arm]. {swelling}, reduced ROM. {pmhChild}. {imms}. {triagePlan}',
      'c/o pain {side} wrist after fall [off swing|from wall approx 1m|roller skating|on ice rink|playing football] {ago}. R hand dom. {nv}. {analgesia}. {allergy}. {with}',
    ],
    clinician: [
      'O/E {swelling}, tender distal radius {side}. No ASB tenderness. Full ROM elbow + shoulder. XR: [buckle # distal radius|no bony injury seen|greenstick # distal radius]. Plan: [futura splint|wrist splint 3/52|broad arm sling|backslab + # clinic]. {safetyNet}.',
      'Hx as above. O/E [tender distal radius, {nv}. XR - buckle #. Splint 3/52|tender 5th MC, {nv}. XR - # neck, min displaced. Strapped, VFC|mild tenderness only, {nv}. XR - NBI. Soft tissue]. {gp}.',
    ],
    codes: [icd10('S52.5', 'Fracture of lower end of radius')],
    disposals: ['Discharged home', 'Discharged, fracture clinic', 'Discharged home'],
  },
  {
    weight: 9,
    ages: [0, 12],
    isMinor: true,
    triage: [
      '{as} {with}. HI {ago} - [fell from sofa|ran into door frame|clashed heads w sibling|slipped in bath|fell off bike, helmet worn|rolled off changing mat]. Cried straight away, no LOC. [Vomited x1|No vomiting]. {alert}. [2cm lac forehead|Boggy swelling occiput|Small haematoma forehead|Graze to chin]. {imms}',
      'Head injury {ago}. [Bumped head on table|Fell down [2|3|4] stairs|Pushed over in playground by accident|Hit by swing]. Nil LOC, nil amnesia. {alert}. {obsChild}. {safeChild}',
    ],
    clinician: [
      'NICE HI criteria for CT not met. O/E GCS 15, PEARL, no haemotympanum, no battle sign. [Glue + steristrips to lac|No wound to close|Wound cleaned]. Obs 4/24 from injury then home. {safetyNet}.',
      'Well child, playing w toys in room. Neuro exam normal for age. Mechanism + story consistent. D/W {carer} HI advice. Home.',
    ],
    codes: [icd10('S09.9', 'Unspecified injury of head')],
  },
  {
    weight: 6,
    ages: [2, 15],
    isMinor: true,
    triage: [
      '{as} lac to {side} [shin|knee|index finger|foot|eyebrow|chin] - [fell on step|stood on glass on beach|caught on fence|caught on drawer|fell onto coffee table]. [2|3|4]cm, bleeding controlled. Tetanus UTD. {allergy}. {safeChild}',
      'Wound {side} [hand|knee|heel|elbow]. [Fell on gravel|Broken mug|Slipped on wet tiles|Caught on nail in shed] {ago}. Clean, edges apposed. {imms}. {analgesia}',
    ],
    clinician: [
      'Wound explored under LA, no FB, no tendon injury. [3|4|5] x 5.0 ethilon. ROS [5|7|10]/7 at practice nurse. {safetyNet}.',
      'Irrigated, [glued|steristripped|sutured x3]. {imms}. Home w wound advice.',
    ],
    codes: [icd10('S01.8', 'Open wound of other parts of head')],
  },
  {
    weight: 4,
    ages: [0, 6],
    isMinor: true,
    triage: [
      '{as} {with}. Pulled cup of [tea|coffee|hot chocolate] off [table|worktop] {ago}. [Erythema|Small blister] to {side} [forearm|chest|hand]. Cooled 20 mins under tap. TBSA <[1|2]%. {analgesia}. {safeChild}',
      'Burn {side} [palm|fingers] - touched [oven door|straighteners|log burner]. Cooled at home. Superficial. {alert}. {imms}. Mechanism fits w development',
    ],
    clinician: [
      'Superficial partial thickness, <1%. Deroofed + [Mepitel|Jelonet] dressing. Dressing clinic 48h. Explanation consistent, seen promptly. HV informed. D/W burns - happy w plan.',
    ],
    codes: [icd10('T30.0', 'Burn of unspecified body region')],
    disposals: ['Discharged, dressing clinic'],
  },
  {
    weight: 4,
    ages: [1, 5],
    isMinor: true,
    triage: [
      '{as} not using {side} arm since [lifted up by hands|pulled back from kerb by dad|swung round by sibling] {ago}. No swelling. Happy till moved. ?pulled elbow. {with}',
      '{as} FB [{side} ear - bead|nose - pea|nose - lego|{side} nostril - bit of sponge|{side} ear - popcorn]. Seen by {carer} {ago}. No distress, no discharge. {alert}',
      '{as} ?swallowed [5p coin|lego head|small bead|marble] {ago}. Witnessed by [sibling|nan]. No drooling, no stridor, E+D since. {obsChild}',
    ],
    clinician: [
      'Reduced w pronation/flexion, click felt, using arm within 5 mins. Home.',
      'FB removed [w mums kiss|w suction|w crocodile forceps], mucosa intact. No further FB seen. Home.',
      'Metal detector [below diaphragm|neg]. Well, no button battery in house per {carer}. {safetyNet}.',
    ],
    codes: [icd10('T17.1', 'Foreign body in nostril')],
  },
  {
    weight: 5,
    ages: [11, 17],
    isMinor: true,
    triage: [
      '{as} {withTeen}. Twisted {side} [ankle|knee] playing [football|rugby|netball|hockey|basketball] {ago}. [WB w limp|Unable to WB]. {swelling} lat mall. {nv}. {analgesia}',
      '{as} kicked in {side} [shin|calf] during match. Tender, no deformity. WB. {allergy}. {pmhChild}',
      'Jammed {side} [little|ring|middle] finger catching ball {school}. {swelling} PIPJ. {nv}. {triagePlan}',
      '{as} hit on {side} [hand|eye|cheek] by [cricket|hockey|tennis] ball {ago}. {swelling}. VA [6/6|6/5] both where checked. {allergy}',
    ],
    clinician: [
      'Ottawa [neg - no XR|pos - XR NBI]. Gr [1|2] sprain. PRICE, crutches PRN, physio leaflet. {gp}.',
      'Soft tissue, FWB now. Compartments soft. {safetyNet}. Home.',
      'XR [volar plate avulsion, buddy strap|NBI|# prox phalanx, strapped]. Hand clinic [1/52|not needed].',
      'No # on [exam|XR], [eye movements full, no hyphaema|NVI]. Ice + rest. {safetyNet}.',
    ],
    codes: [icd10('S93.4', 'Sprain and strain of ankle')],
  },
  {
    weight: 2,
    ages: [3, 16],
    isMinor: true,
    triage: [
      'Bitten by [nan’s|neighbour’s|own] dog {side} [hand|forearm|calf] {ago}. [2 puncture wounds|Superficial graze|1cm lac]. {imms}. {allergy}. Dog known to family',
      '{as} front passenger in RTC {ago}, car shunted at approx 20mph, belted. c/o neck + {side} shoulder ache. Self extricated. No midline tenderness. {obsChild}',
      'Wasp sting {side} [cheek|foot|ear], swelling spreading. No wheeze, no lip swelling. {obsChild}. Piriton given by {carer}',
    ],
    clinician: [
      'Cleaned + irrigated, co-amox 3/7, left open. {safetyNet}.',
      'C spine cleared clinically. Whiplash advice. Home.',
      'Local reaction only. Antihistamine + cool pack. Home.',
    ],
    codes: [icd10('T14.0', 'Superficial injury of unspecified body region')],
  },
]

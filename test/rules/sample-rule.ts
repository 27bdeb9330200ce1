/** A small rule file without a fault. */
export const sampleRule = `wren: 1
id: weapon-blade
name: Knife or other blade
why: Blade injuries, threats and carrying can mean violence.
status: live
theme: weapons
priority: high
match:
  - word: knife
    forms: [knives]
    misspellings: 1
  - phrase: [[slashed, slashing], "*", [blade, sword]]
    within: 8
  - short: OD
    unless_before: [mg]
codes:
  icd10: ["X99"]
  snomed: [{id: "425322008", display: Stab wound}]
ignore:
  - before: [butter]
    unless_near: [threatened]
    because: Table knife wording
when_absent: lower
examples:
  match:
    - Cut with a knife near the park
    - Slashed on arm by older lad with blade
  no_match:
    - Butter knife slipped opening jar
    - Obs stable, walking unaided
`

export const sampleFile = { path: 'rules/weapon-blade.yaml', text: sampleRule }

export const sampleCues = {
  path: 'rules/cues.yaml',
  text: `wren: 1
absent:
  - {say: [no evidence of, "no"], direction: forward, reach: 3, until: [",", "/"]}
  - {say: ["? n", ": no"], direction: backward, alone: true}
terminators: [but, "+"]
pseudo: [no doubt]
`,
}

/** The sample with one piece of it written otherwise. */
export function sampleWith(from: string, to: string): { path: string; text: string } {
  if (!sampleRule.includes(from)) throw new Error(`the sample rule does not hold ${JSON.stringify(from)}`)
  return { ...sampleFile, text: sampleRule.replace(from, to) }
}

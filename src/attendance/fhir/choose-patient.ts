import type { Bundle, Entry } from './bundle.ts'
import { oneOf, typeOf } from './fhir-tree.ts'

/** Whose a resource is: the attending patient's, another's, or nobody's that the Bundle tells. */
export type Belonging = 'ours' | 'not ours' | 'not told'

export interface Chosen {
  readonly encounter: Entry
  /** Null where the message holds no Patient, or not the one that the Encounter names. */
  readonly patient: Entry | null
  belongs(entry: Entry): Belonging
}

/** The Encounter and its patient, or why a Bundle tells of more than one of either. Two children are never mixed. */
export function choosePatient(bundle: Bundle): Chosen | { readonly problem: string } {
  const encounter = chooseEncounter(bundle)
  if ('problem' in encounter) return encounter
  const patients = bundle.ofType('Patient')
  const subject = subjectOf(encounter)
  const named = subject === null ? null : patientOf(encounter, bundle)
  const patient = subject === null && patients.length === 1 ? (patients[0] ?? null) : named
  if (patients.length > 1 && patient === null) {
    return {
      problem: `the Bundle has ${patients.length} Patients, and Encounter.subject does not say which of them attended`,
    }
  }
  const ours = JSON.stringify(subject)
  const belongs = (entry: Entry): Belonging => {
    const theirs = subjectOf(entry)
    if (theirs === null) return patients.length > 1 ? 'not told' : 'ours'
    if (JSON.stringify(theirs) === ours) return 'ours' // also where neither is in the message
    const found = patientOf(entry, bundle)
    return found !== null && found === patient ? 'ours' : 'not ours'
  }
  const stray = bundle.ofType('Composition').find(composition => belongs(composition) !== 'ours')
  if (stray !== undefined) {
    return { problem: 'Composition.subject is not the patient of Encounter.subject: whose document is it?' }
  }
  return { encounter, patient, belongs }
}

/** One attendance a Bundle: a document may name which of several Encounters it is about. */
function chooseEncounter(bundle: Bundle): Entry | { readonly problem: string } {
  const encounters = bundle.ofType('Encounter')
  const [first] = encounters
  if (first === undefined) return { problem: 'the Bundle has no Encounter: nothing names the attendance' }
  if (encounters.length === 1) return first
  const named = bundle
    .ofType('Composition')
    .map(composition => bundle.resolve(oneOf(composition.resource, 'encounter'), composition))
    .filter(entry => entry !== null && typeOf(entry.resource) === 'Encounter')
  const [only] = new Set(named)
  if (only !== undefined && only !== null && new Set(named).size === 1) return only
  return {
    problem: `the Bundle has ${encounters.length} Encounters, and no Composition.encounter says which is meant: send one attendance a Bundle`,
  }
}

function subjectOf({ resource }: Entry) {
  return oneOf(resource, 'subject') ?? oneOf(resource, 'patient')
}

function patientOf(entry: Entry, bundle: Bundle): Entry | null {
  const found = bundle.resolve(subjectOf(entry), entry)
  return found !== null && typeOf(found.resource) === 'Patient' ? found : null
}

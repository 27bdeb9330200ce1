import type { Role } from '../services/people.ts'
import { showAccounting } from './pages/accounting-page.ts'
import { showAuthorised } from './pages/authorised-page.ts'
import { checkChosen, saveBulk, showBulk } from './pages/bulk-page.ts'
import { giveCensus, showCensus } from './pages/census-page.ts'
import { change, undo } from './pages/change-page.ts'
import { showChanged } from './pages/changed-page.ts'
import { saveChecklist } from './pages/checklist-page.ts'
import { claim, release, reopen, skip } from './pages/claim-page.ts'
import { giveDaySheet, showDaySheet } from './pages/day-sheet-page.ts'
import { decide } from './pages/decision-page.ts'
import { discardTyped, keepTyped } from './pages/draft-page.ts'
import { showExport } from './pages/export-page.ts'
import { showFlag } from './pages/flag-page.ts'
import { explain, showGap } from './pages/gap-page.ts'
import { handOverMine, handOverOne, showHandOver } from './pages/hand-over-page.ts'
import { giveMeetingPack, showMeeting } from './pages/meeting-page.ts'
import { showMessages } from './pages/messages-page.ts'
import { showAccessibility, showBlank, showHelp, showSeen, stay } from './pages/plain-pages.ts'
import { showQueue, showWaiting } from './pages/queue-page.ts'
import { discardDraft, keepDraft, keepDraftQuietly } from './pages/referral-draft-page.ts'
import { recordByHand, showReferralFile } from './pages/referral-file-page.ts'
import { authoriseReferral, checkReferral, editReferral, showReferral } from './pages/referral-page.ts'
import { showReferrals } from './pages/referrals-page.ts'
import { showRule, showRules } from './pages/rules-page.ts'
import { removeView, saveView } from './pages/saved-view-page.ts'
import { beginSearching, showFound, showSearch } from './pages/search-page.ts'
import { saveReading, showReadings } from './pages/second-reading-page.ts'
import { sendAgain } from './pages/send-again-page.ts'
import { queueSetAside, showSetAside } from './pages/set-aside-page.ts'
import { enter, leave, showSignIn } from './pages/sign-in-page.ts'
import {
  reopenSignedDay,
  showDays,
  showGaps,
  showSignedOff,
  showSignOff,
  signOff,
} from './pages/sign-off-page.ts'
import { startNext } from './pages/start-page.ts'
import { showSuggestions } from './pages/suggestions-page.ts'
import { showTell, tell } from './pages/tell-page.ts'
import { reopenFromTimeline, showTimeline } from './pages/timeline-page.ts'
import { settle, showUnreadable } from './pages/unreadable-page.ts'
import type { Route } from './visit.ts'

/** Who sees children's records: nobody else does, on any page. */
const clinical: readonly Role[] = ['nurse', 'lead']
/** Ops see the figures of the account without the numbers of attendances. */
const accountable: readonly Role[] = ['nurse', 'lead', 'ops']
/** Only a lead closes a day. */
const closing: readonly Role[] = ['lead']
/** Who finds out why the stream has numbers without a message. */
const explaining: readonly Role[] = ['lead', 'ops']
const signedIn: readonly Role[] = ['nurse', 'lead', 'rules-maintainer', 'ops']

/** Every address of Wren, and who may use it. The token of a form is checked on every POST. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/', roles: clinical, show: showQueue },
  { method: 'POST', path: '/start', roles: clinical, show: startNext },
  { method: 'GET', path: '/waiting', roles: clinical, show: showWaiting, isQuiet: true },
  { method: 'POST', path: '/views', roles: clinical, show: saveView },
  { method: 'POST', path: '/views/remove', roles: clinical, show: removeView },
  { method: 'GET', path: '/flags/:id', roles: clinical, show: showFlag },
  { method: 'POST', path: '/flags/:id/claim', roles: clinical, show: claim },
  { method: 'POST', path: '/flags/:id/release', roles: clinical, show: release },
  { method: 'POST', path: '/flags/:id/skip', roles: clinical, show: skip },
  { method: 'POST', path: '/flags/:id/hand-over', roles: clinical, show: handOverOne },
  { method: 'POST', path: '/flags/:id/checklist', roles: clinical, show: saveChecklist, keep: keepTyped },
  { method: 'POST', path: '/flags/:id/undo', roles: clinical, show: undo },
  { method: 'POST', path: '/flags/:id/change', roles: clinical, show: change },
  { method: 'POST', path: '/flags/:id/reopen', roles: clinical, show: reopen },
  { method: 'POST', path: '/flags/:id/decision', roles: clinical, show: decide, keep: keepTyped },
  { method: 'POST', path: '/flags/:id/draft', roles: clinical, show: keepTyped, keep: keepTyped },
  { method: 'POST', path: '/flags/:id/draft/discard', roles: clinical, show: discardTyped },
  { method: 'GET', path: '/flags/:id/tell', roles: clinical, show: showTell },
  { method: 'POST', path: '/flags/:id/tell', roles: clinical, show: tell },
  { method: 'GET', path: '/flags/:id/child', roles: clinical, show: showTimeline },
  { method: 'POST', path: '/flags/:id/child/reopen', roles: clinical, show: reopenFromTimeline },
  { method: 'GET', path: '/flags/:id/referral', roles: clinical, show: showReferral },
  { method: 'POST', path: '/flags/:id/referral/draft', roles: clinical, show: keepDraft, keep: keepDraft },
  {
    method: 'POST',
    path: '/flags/:id/referral/draft/quietly',
    roles: clinical,
    show: keepDraftQuietly,
    keep: keepDraft,
  },
  { method: 'POST', path: '/flags/:id/referral/draft/discard', roles: clinical, show: discardDraft },
  {
    method: 'POST',
    path: '/flags/:id/referral/check',
    roles: clinical,
    show: checkReferral,
    keep: keepDraft,
  },
  { method: 'POST', path: '/flags/:id/referral/edit', roles: clinical, show: editReferral, keep: keepDraft },
  { method: 'POST', path: '/flags/:id/referral', roles: clinical, show: authoriseReferral, keep: keepDraft },
  { method: 'GET', path: '/flags/:id/referral/authorised', roles: clinical, show: showAuthorised },
  { method: 'GET', path: '/flags/:id/referrals/:referral', roles: clinical, show: showReferralFile },
  { method: 'POST', path: '/flags/:id/referrals/:referral/moves', roles: clinical, show: recordByHand },
  { method: 'POST', path: '/flags/:id/referrals/:referral/send', roles: clinical, show: sendAgain },
  { method: 'GET', path: '/bulk', roles: clinical, show: showBulk },
  { method: 'POST', path: '/bulk/check', roles: clinical, show: checkChosen },
  { method: 'POST', path: '/bulk', roles: clinical, show: saveBulk },
  { method: 'GET', path: '/changed', roles: clinical, show: showChanged },
  { method: 'GET', path: '/hand-over', roles: clinical, show: showHandOver },
  { method: 'POST', path: '/hand-over', roles: clinical, show: handOverMine },
  { method: 'GET', path: '/set-aside', roles: clinical, show: showSetAside },
  { method: 'POST', path: '/set-aside', roles: clinical, show: queueSetAside },
  { method: 'GET', path: '/set-aside/readings/:day', roles: clinical, show: showReadings },
  { method: 'POST', path: '/set-aside/readings/:day', roles: clinical, show: saveReading },

  { method: 'GET', path: '/referrals', roles: clinical, show: showReferrals },
  { method: 'GET', path: '/meeting', roles: clinical, show: showMeeting },
  { method: 'POST', path: '/meeting', roles: clinical, show: giveMeetingPack },
  { method: 'GET', path: '/day-sheet', roles: clinical, show: showDaySheet },
  { method: 'POST', path: '/day-sheet', roles: clinical, show: giveDaySheet },
  { method: 'GET', path: '/exports/:export', roles: clinical, show: showExport },
  { method: 'GET', path: '/search', roles: clinical, show: showSearch },
  { method: 'POST', path: '/search', roles: clinical, show: beginSearching },
  { method: 'GET', path: '/search/:search', roles: clinical, show: showFound },

  { method: 'GET', path: '/accounting', roles: accountable, show: showAccounting },
  { method: 'GET', path: '/accounting/days', roles: accountable, show: showDays },
  { method: 'GET', path: '/accounting/:day/messages', roles: accountable, show: showMessages },
  { method: 'GET', path: '/accounting/:day/census', roles: clinical, show: showCensus },
  { method: 'POST', path: '/accounting/:day/census', roles: clinical, show: giveCensus, takesFile: true },
  { method: 'GET', path: '/accounting/:day/unreadable/:id', roles: accountable, show: showUnreadable },
  { method: 'POST', path: '/accounting/:day/unreadable/:id', roles: accountable, show: settle },
  { method: 'GET', path: '/accounting/:day/gap', roles: explaining, show: showGap },
  { method: 'POST', path: '/accounting/:day/gap', roles: explaining, show: explain },
  { method: 'GET', path: '/accounting/:day/sign-off', roles: closing, show: showSignOff },
  { method: 'GET', path: '/accounting/:day/sign-off/gaps', roles: closing, show: showGaps },
  { method: 'POST', path: '/accounting/:day/sign-off', roles: closing, show: signOff },
  { method: 'GET', path: '/accounting/:day/signed-off', roles: clinical, show: showSignedOff },
  { method: 'POST', path: '/accounting/:day/reopen', roles: closing, show: reopenSignedDay },
  { method: 'GET', path: '/rules', roles: signedIn, show: showRules },
  { method: 'GET', path: '/rules/suggestions', roles: signedIn, show: showSuggestions },
  { method: 'GET', path: '/rules/:id', roles: signedIn, show: showRule },

  { method: 'GET', path: '/stay', roles: signedIn, show: stay },
  { method: 'GET', path: '/seen', roles: signedIn, show: showSeen, isQuiet: true },
  { method: 'GET', path: '/blank', roles: 'everyone', show: showBlank },
  { method: 'GET', path: '/help', roles: 'everyone', show: showHelp },
  { method: 'GET', path: '/accessibility', roles: 'everyone', show: showAccessibility },
  { method: 'GET', path: '/sign-in', roles: 'everyone', show: showSignIn },
  { method: 'POST', path: '/sign-in', roles: 'everyone', show: enter },
  { method: 'POST', path: '/sign-out', roles: 'everyone', show: leave },
]

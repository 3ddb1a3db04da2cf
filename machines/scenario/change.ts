import { and } from 'xstate';
import { by } from '../chart.ts';

const mine = by(['applicant', 'unitAdmin'], 'ownUnit', 'policy A-40');
const leader = by(['bureauLeader'], 'anyCase', 'policy A-40');

/**
 * What was selected changes by request only: the unit asks, a leader agrees to the parts named, the unit files them. It is
 * possible while a scenario waits for its batch and while it is approved and built; afterwards it is accepted as it stands.
 */
export const change = {
  requestChange: { guard: and(['noChangeIsGranted', 'partsMayChange', 'marksArePlaces']), actions: 'noteChangeRequest', meta: mine },
  approveChange: { guard: and(['changeIsRequested']), actions: 'grantChange', meta: leader },
  refuseChange: { guard: and(['changeIsRequested']), actions: 'dropChange', meta: leader },
  amendForm: {
    guard: and(['changeIsGranted', 'formFitsItsSchema', 'formStaysComplete', 'onlyGrantedPartsChanged']),
    actions: ['keepForm', 'dropChange', 'storeForm'],
    meta: mine,
  },
} as const;

import { useSyncExternalStore } from 'react';
import { session } from './session.ts';

/** Whether somebody is signed in, and whether their token has run out. */
export function useSession(): { readonly signedIn: boolean; readonly expired: boolean } {
  const token = useSyncExternalStore(session.subscribe, session.token);
  const expired = useSyncExternalStore(session.subscribe, session.isExpired);
  return { signedIn: token !== null, expired };
}

import { expect, it } from 'vitest';
import { aSession, anAgent } from '../test/factories';
import { EMPTY_DRAFT, loadDraft, saveDraft } from './drafts';
import { forgetSession, signIn } from './session';
import { signOut } from './sign-out';

const write = (content: string) => saveDraft('c1', { ...EMPTY_DRAFT, content });

it('goes with the agent who signs out, and waits for one whose session has expired', () => {
  signIn(aSession());
  write('Between us');
  forgetSession();
  signIn(aSession(anAgent()));
  write('Mine');
  signOut();
  signIn(aSession(anAgent()));
  expect(loadDraft('c1')).toEqual(EMPTY_DRAFT);
  signIn(aSession());
  expect(loadDraft('c1').content).toBe('Between us');
});

import { ChatError } from '@fast-light-chat/sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aSession } from '../test/factories';
import { fakeServer, refusal } from '../test/fake-server';
import { accessToken, currentSession, forgetSession, renew, signIn, useSessionStore } from './session';

const renewed = () => ({ body: { ...aSession(), accessToken: 'access-2', refreshToken: 'refresh-2' } });

beforeEach(() => signIn({ ...aSession(), expiresIn: 0 }));

describe('accessToken', () => {
  it('is answered from what is held while it is good', async () => {
    const { requests } = fakeServer({});
    signIn(aSession());
    expect(await accessToken()).toBe('access-1');
    expect(requests).toEqual([]);
  });

  it('renews once for all who ask at the same time', async () => {
    const { requests } = fakeServer({ 'POST /v1/auth/refresh': renewed });
    expect(await Promise.all([accessToken(), accessToken(), accessToken()])).toEqual(
      Array(3).fill('access-2'),
    );
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body).toEqual({ refreshToken: 'refresh-1' });
  });

  it('takes over what another tab has renewed, as a refresh token works once', async () => {
    const { requests } = fakeServer({ 'POST /v1/auth/refresh': renewed });
    const stored = JSON.parse(localStorage.getItem('flc.session')!) as object;
    localStorage.setItem('flc.session', JSON.stringify({ ...stored, accessToken: 'of-another-tab' }));
    expect(await renew('access-1')).toBe('of-another-tab');
    expect(requests).toEqual([]);
  });

  it('is renewed by one of two tabs at the same moment, also over plain http', async () => {
    const { requests } = fakeServer({ 'POST /v1/auth/refresh': renewed });
    vi.resetModules();
    const otherTab = await import('./session');
    const tokens = await Promise.all([accessToken(), otherTab.accessToken()]);
    expect(tokens).toEqual(['access-2', 'access-2']);
    expect(requests).toHaveLength(1);
  });

  it('signs out when the server no longer knows the session', async () => {
    fakeServer({ 'POST /v1/auth/refresh': () => refusal(401, 'auth.token_reused') });
    await expect(accessToken()).rejects.toBeInstanceOf(ChatError);
    expect(currentSession()).toBeNull();
    expect(useSessionStore.getState().reason).toBe('expired');
  });

  it('stays signed in when the server is merely out of reach', async () => {
    fakeServer({ 'POST /v1/auth/refresh': () => refusal(503, 'common.unavailable') });
    await expect(accessToken()).rejects.toBeInstanceOf(ChatError);
    expect(currentSession()?.refreshToken).toBe('refresh-1');
  });

  it('fails when nobody is signed in', async () => {
    forgetSession();
    await expect(accessToken()).rejects.toMatchObject({ code: 'auth.unauthenticated' });
  });
});

import { createRestClient } from '@fast-light-chat/sdk';
import { publicApi } from '../../../lib/session';
import type { MeView, RegistrationView, SessionView } from '../../../lib/wire';

export interface Credentials {
  email: string;
  password: string;
}

export interface Registration extends Credentials {
  organizationName: string;
  name: string;
}

export interface Acceptance {
  token: string;
  name: string;
  password: string;
}

export const authApi = {
  login: (body: Credentials) => publicApi.request<SessionView>('POST', '/v1/auth/login', { body }),
  register: (body: Registration) =>
    publicApi.request<RegistrationView>('POST', '/v1/auth/register', { body }),
  forgotPassword: (email: string) =>
    publicApi.request<void>('POST', '/v1/auth/password/forgot', { body: { email } }),
  resetPassword: (body: { token: string; password: string }) =>
    publicApi.request<void>('POST', '/v1/auth/password/reset', { body }),
  acceptInvitation: (body: Acceptance) =>
    publicApi.request<SessionView>('POST', '/v1/auth/invitations/accept', { body }),
  me: (view: SessionView) => holding(view).request<MeView>('GET', '/v1/auth/me'),
  switchOrganization: (view: SessionView, organizationId: string) =>
    holding(view).request<SessionView>('POST', '/v1/auth/switch', { body: { organizationId } }),
};

/** With tokens that were just given and are not the dashboard's session yet. */
function holding(view: SessionView) {
  return createRestClient({
    url: window.location.origin,
    headers: () => ({ authorization: `Bearer ${view.accessToken}` }),
  });
}

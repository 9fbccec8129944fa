import { Navigate, type RouteObject } from 'react-router';
import type { CreateRealtimeClient } from '../lib/realtime';
import { ErrorPage } from './error-page';
import { GuestOnly } from './guest-only';
import { NotFoundPage } from './not-found-page';
import { PageLoading } from './page-loading';
import { RequireSession } from './require-session';
import { SessionScope } from './session-scope';

const guestRoutes: RouteObject[] = [
  {
    path: 'login',
    lazy: async () => ({ Component: (await import('../features/auth/components/login-page')).LoginPage }),
  },
  {
    path: 'register',
    lazy: async () => ({
      Component: (await import('../features/auth/components/register-page')).RegisterPage,
    }),
  },
  {
    path: 'forgot-password',
    lazy: async () => ({
      Component: (await import('../features/auth/components/forgot-password-page')).ForgotPasswordPage,
    }),
  },
];

/** The links of e-mails: they must work whether or not somebody is signed in here. */
const linkRoutes: RouteObject[] = [
  {
    path: 'reset',
    lazy: async () => ({
      Component: (await import('../features/auth/components/reset-password-page')).ResetPasswordPage,
    }),
  },
  {
    path: 'invitation',
    lazy: async () => ({
      Component: (await import('../features/auth/components/invitation-page')).InvitationPage,
    }),
  },
];

const settingsRoutes: RouteObject[] = [
  {
    path: 'profile',
    lazy: async () => ({
      Component: (await import('../features/settings/components/profile-page')).ProfilePage,
    }),
  },
  {
    path: 'notifications',
    lazy: async () => ({
      Component: (await import('../features/settings/components/notifications-page')).NotificationsPage,
    }),
  },
  {
    path: 'organization',
    lazy: async () => ({
      Component: (await import('../features/settings/components/organization-page')).OrganizationPage,
    }),
  },
  {
    path: 'agents',
    lazy: async () => ({
      Component: (await import('../features/settings/components/agents-page')).AgentsPage,
    }),
  },
  {
    path: 'teams',
    lazy: async () => ({
      Component: (await import('../features/settings/components/teams-page')).TeamsPage,
    }),
  },
  {
    path: 'replies',
    lazy: async () => ({
      Component: (await import('../features/settings/components/replies-page')).RepliesPage,
    }),
  },
  {
    path: 'environments',
    lazy: async () => ({
      Component: (await import('../features/settings/components/environments-page')).EnvironmentsPage,
    }),
  },
  {
    path: 'environments/:environmentId',
    lazy: async () => ({
      Component: (await import('../features/settings/components/environment-page')).EnvironmentPage,
    }),
  },
  {
    path: 'environments/:environmentId/webhooks/:webhookId',
    lazy: async () => ({
      Component: (await import('../features/settings/components/webhook-page')).WebhookPage,
    }),
  },
  {
    path: 'queues',
    lazy: async () => ({
      Component: (await import('../features/settings/components/queues-page')).QueuesPage,
    }),
  },
];

const agentRoutes: RouteObject[] = [
  { index: true, element: <Navigate to="/inbox" replace /> },
  {
    path: 'inbox/:view?/:conversationId?',
    lazy: async () => ({ Component: (await import('./routes/inbox-route')).InboxRoute }),
  },
  {
    path: 'team/channels',
    lazy: async () => ({ Component: (await import('./routes/team-route')).TeamRoute }),
  },
  {
    path: 'team/:conversationId?',
    lazy: async () => ({ Component: (await import('./routes/team-route')).TeamRoute }),
  },
  {
    path: 'overview',
    lazy: async () => ({
      Component: (await import('../features/overview/components/overview-page')).OverviewPage,
    }),
  },
  {
    path: 'search',
    lazy: async () => ({ Component: (await import('./routes/search-route')).SearchRoute }),
  },
  {
    path: 'users/:userId',
    lazy: async () => ({ Component: (await import('./routes/user-route')).UserRoute }),
  },
  {
    path: 'settings',
    lazy: async () => ({ Component: (await import('./routes/settings-route')).SettingsRoute }),
    children: settingsRoutes,
  },
  { path: '*', Component: NotFoundPage },
];

export function createRoutes(createClient?: CreateRealtimeClient): RouteObject[] {
  const signedIn: RouteObject = {
    element: <RequireSession createClient={createClient} />,
    children: [{ ErrorBoundary: ErrorPage, children: agentRoutes }],
  };
  return [
    {
      Component: SessionScope,
      ErrorBoundary: ErrorPage,
      HydrateFallback: PageLoading,
      children: [{ Component: GuestOnly, children: guestRoutes }, ...linkRoutes, signedIn],
    },
  ];
}

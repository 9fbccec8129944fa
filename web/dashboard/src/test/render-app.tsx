import { ThemeProvider } from '@mui/material/styles';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { createRoutes } from '../app/routes';
import { ToastHost } from '../components/ui/toast';
import { signIn } from '../lib/session';
import { theme } from '../lib/theme';
import type { AgentView } from '../lib/wire';
import { FakeChatClient } from './fake-chat-client';
import { aSession } from './factories';

interface Start {
  path: string;
  /** Signed in as this agent. */
  as?: AgentView;
}

/** The whole dashboard at a path, as a person would meet it. */
export function renderApp({ path, as }: Start) {
  if (as) signIn(aSession(as));
  const client = new FakeChatClient();
  const router = createMemoryRouter(
    createRoutes(() => client),
    { initialEntries: [path] },
  );
  render(
    <ThemeProvider theme={theme}>
      <RouterProvider router={router} />
      <ToastHost />
    </ThemeProvider>,
  );
  return { client, router, person: userEvent.setup() };
}

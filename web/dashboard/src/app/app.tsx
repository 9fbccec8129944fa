import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { RouterProvider } from 'react-router/dom';
import { createBrowserRouter } from 'react-router';
import { ToastHost } from '../components/ui/toast';
import { theme } from '../lib/theme';
import { createRoutes } from './routes';

/** The server writes the nonce of this page's content security policy into the meta tag. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content;
const styles = createCache({ key: 'flc', nonce });
const router = createBrowserRouter(createRoutes(), { basename: import.meta.env.BASE_URL.replace(/\/$/, '') });

export function App() {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} modeStorageKey="flc.theme" disableTransitionOnChange={false}>
        <CssBaseline enableColorScheme />
        <RouterProvider router={router} />
        <ToastHost />
      </ThemeProvider>
    </CacheProvider>
  );
}

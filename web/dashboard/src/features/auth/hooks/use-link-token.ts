import { useState } from 'react';
import { useLocation } from 'react-router';

/**
 * The token of an e-mailed link. It comes after `#`, which browsers never send to a server, and leaves the address
 * bar as soon as it is read.
 */
export function useLinkToken(): string | null {
  const { hash } = useLocation();
  const [token] = useState(() => {
    const found = new URLSearchParams(hash.slice(1)).get('token');
    if (found) window.history.replaceState(window.history.state, '', window.location.pathname);
    return found;
  });
  return token;
}

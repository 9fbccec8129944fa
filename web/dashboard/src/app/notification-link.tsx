import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { onNotificationOpened } from '../lib/push';

/** Opens what a notification was about in the page that is there. */
export function NotificationLink() {
  const navigate = useNavigate();
  useEffect(() => onNotificationOpened((address) => void navigate(address)), [navigate]);
  return null;
}

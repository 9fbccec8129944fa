import type { JSX } from 'preact';

const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  send: 'M12 19V5.5M5.5 11.5 12 5l6.5 6.5',
  down: 'M12 5v13.5M5.5 12.5 12 19l6.5-6.5',
  plus: 'M12 5v14M5 12h14',
  smile: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14.5c1.7 2.2 5.300 2.2 7 0M9 9.5v.01M15 9.5v.01',
  star: 'm12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8Z',
  more: 'M5.5 12v.01M12 12v.01M18.5 12v.01',
  attach:
    'm20 11.5-8.4 8.4a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8',
  file: 'M14 3.5H6.5v17h11V7L14 3.5Zm0 0V7h3.5',
  download: 'M12 4.5v10.5M7.5 11 12 15.5l4.5-4.5M5.5 19.5h13',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.5 4v4.5H15',
  alert: 'M12 8v5M12 16.5v.01M12 3.5l9 16H3l9-16Z',
};

export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

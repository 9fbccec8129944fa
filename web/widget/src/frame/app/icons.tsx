import type { JSX } from 'preact';

const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  send: 'M12 19V5.5M5.5 11.5 12 5l6.5 6.5',
  down: 'M12 5v13.5M5.5 12.5 12 19l6.5-6.5',
  plus: 'M12 5v14M5 12h14',
  more: 'M5.5 12v.01M12 12v.01M18.5 12v.01',
  alert: 'M12 8v5M12 16.5v.01M12 3.5l9 16H3l9-16Z',
};

export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

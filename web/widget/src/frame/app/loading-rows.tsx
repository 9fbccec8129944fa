import type { JSX } from 'preact';
import { useLanguage } from './context.js';

export function LoadingRows(): JSX.Element {
  const { t } = useLanguage();
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{t.loading}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

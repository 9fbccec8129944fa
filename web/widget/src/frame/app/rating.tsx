import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';

const LONGEST_COMMENT = 1_000;

interface RatingProps {
  /** Called with the stars at once, and again when there is something to add to it. */
  onRate: (score: number, comment: string) => Promise<void>;
}

export function Rating({ onRate }: RatingProps): JSX.Element {
  const { t } = useLanguage();
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  const [state, setState] = useState<'open' | 'failed' | 'done'>('open');
  const words = [t.rate1, t.rate2, t.rate3, t.rate4, t.rate5];

  const give = (given: number, end: 'open' | 'done'): void => {
    setScore(given);
    onRate(given, comment.trim()).then(
      () => setState(end),
      () => setState('failed'),
    );
  };
  if (state === 'done')
    return (
      <p class="hint" role="status">
        {t.rateThanks}
      </p>
    );
  return (
    <form
      class="card rating"
      onSubmit={(event) => {
        event.preventDefault();
        give(score, 'done');
      }}
    >
      <p id="rating-question">{t.rateQuestion}</p>
      <div class="stars" role="group" aria-labelledby="rating-question">
        {words.map((word, index) => (
          <button
            key={word}
            type="button"
            class={index < score ? 'lit' : undefined}
            aria-label={word}
            title={word}
            aria-pressed={score === index + 1}
            onClick={() => give(index + 1, 'open')}
          >
            <Icon name="star" />
          </button>
        ))}
      </div>
      {score > 0 && (
        <div class="card-line">
          <input
            type="text"
            maxLength={LONGEST_COMMENT}
            aria-label={t.rateComment}
            placeholder={t.rateComment}
            value={comment}
            onInput={({ currentTarget }) => setComment(currentTarget.value)}
          />
          <button type="submit" class="button">
            {t.send}
          </button>
        </div>
      )}
      {state === 'failed' && (
        <p class="composer-error" role="alert">
          {t.notSaved}
        </p>
      )}
    </form>
  );
}

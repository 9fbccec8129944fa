import type { JSX } from 'preact';
import type { Environment } from './chat-model.js';
import { useLanguage } from './context.js';
import { soonOf } from './format.js';
import { fill, type Strings } from './strings.js';

/** Whether somebody is there, and else when. */
export function Whereabouts({ environment }: { environment: Environment }): JSX.Element {
  const { t, language } = useLanguage();
  const { officeHours, online } = environment;
  const opensAt = officeHours?.opensAt;
  const isHere = online && !isClosed(environment);
  const absence = isClosed(environment) ? t.closed : t.away;
  return (
    <p class="whereabouts">
      <span class={isHere ? 'presence online' : 'presence'} aria-hidden="true" />
      {isHere ? t.online : absence}
      {isClosed(environment) && opensAt && (
        <>
          {' · '}
          <span>{fill(t.backAt, { when: soonOf(opensAt, language) })}</span>
        </>
      )}
    </p>
  );
}

export function isClosed({ officeHours }: Environment): boolean {
  return officeHours?.isOpen === false;
}

/** How long an answer usually takes; nothing while the office is closed, when it would not be true. */
export function replyTimeOf(environment: Environment, t: Strings): string | null {
  const { replyTime } = environment.settings;
  if (replyTime === null || isClosed(environment)) return null;
  return { minutes: t.replyMinutes, hours: t.replyHours, day: t.replyDay }[replyTime];
}

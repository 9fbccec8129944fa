import type { BootRequest } from '@fast-light-chat/sdk';
import type { FrameBootOptions, PageInfo } from './messages.js';

const LONGEST_ADDRESS = 2_000;
const LONGEST_TITLE = 300;

/** What the page says of its visitor. Pages that know no member, or nothing about them, say so with null or ''. */
export function introductionOf(options: FrameBootOptions): BootRequest {
  const { memberHash, memberToken, profile, page, tags } = options;
  const memberId = memberIdOf(options);
  return {
    ...(memberId && {
      memberId,
      memberHash: memberHash || undefined,
      memberToken: memberToken || undefined,
    }),
    profile: profile ? ourNames(profile) : undefined,
    page: page && ourPage(page),
    tags: tags ?? undefined,
  };
}

/** Some pages have it as a number. */
export function memberIdOf({ memberId }: Pick<FrameBootOptions, 'memberId'>): string | undefined {
  return memberId ? String(memberId) : undefined;
}

/** Channel Talk's name for a phone number, which some pages have as a number. */
export function ourNames({ mobileNumber, ...profile }: Record<string, unknown>): BootRequest['profile'] {
  const phone = typeof mobileNumber === 'number' ? String(mobileNumber) : mobileNumber;
  return { ...(phone !== undefined && { phone }), ...profile } as BootRequest['profile'];
}

/** As much of it as the server takes; nothing of a page that has no address on the web, as in some web views. */
export function ourPage({ url, title }: PageInfo): PageInfo | undefined {
  if (!/^https?:/.test(url)) return undefined;
  const address = url.length > LONGEST_ADDRESS ? url.replace(/[?#].*/s, '') : url;
  return { url: address.slice(0, LONGEST_ADDRESS), title: title.slice(0, LONGEST_TITLE) };
}

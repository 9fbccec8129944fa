import type {
  EnvironmentLimits,
  EnvironmentSettings,
  FileSettings,
  IdentityVerification,
  ModerationSettings,
  WidgetSettings,
} from '../../contracts/tenants.js';

export interface Environment {
  id: string;
  organizationId: string;
  name: string;
  pluginKey: string;
  allowedOrigins: string[];
  identityVerification: IdentityVerification;
  /** Sealed; null until the first secret is made. */
  identitySecret: Buffer | null;
  identitySecretRotatedAt: Date | null;
  settings: EnvironmentSettings;
  createdAt: Date;
}

export interface SettingsPatch {
  widget?: Partial<Omit<WidgetSettings, 'greeting'>> & { greeting?: Partial<WidgetSettings['greeting']> };
  limits?: Partial<EnvironmentLimits>;
  linkPreviews?: boolean;
  moderation?: Partial<ModerationSettings>;
  files?: Partial<FileSettings>;
}

/** As stored before there was any moderation, before it could hold, before links were looked up, and files had a size. */
type EarlierSettings = Omit<EnvironmentSettings, 'moderation' | 'linkPreviews' | 'files'> & {
  moderation?: Partial<ModerationSettings>;
} & Partial<Pick<EnvironmentSettings, 'linkPreviews' | 'files'>>;

const NO_MODERATION: ModerationSettings = { bannedWords: [], action: 'refuse' };
const FILES: FileSettings = { maxBytes: null };

export function defaultSettings(title: string, limits: EnvironmentLimits): EnvironmentSettings {
  return {
    widget: {
      color: '#2563eb',
      position: 'right',
      title,
      greeting: { ko: '안녕하세요! 무엇을 도와드릴까요?', en: 'Hello! How can we help?' },
    },
    limits,
    linkPreviews: false,
    moderation: NO_MODERATION,
    files: FILES,
  };
}

export function completeSettings(stored: EarlierSettings): EnvironmentSettings {
  const { moderation, linkPreviews = false, files = FILES } = stored;
  return { ...stored, moderation: { ...NO_MODERATION, ...moderation }, linkPreviews, files };
}

/** Only what is named changes, down to a single greeting. */
export function mergeSettings(present: EnvironmentSettings, patch: SettingsPatch): EnvironmentSettings {
  const { greeting, ...widget } = patch.widget ?? {};
  return {
    widget: {
      ...present.widget,
      ...definedOf(widget),
      greeting: { ...present.widget.greeting, ...definedOf(greeting ?? {}) },
    },
    limits: { ...present.limits, ...definedOf(patch.limits ?? {}) },
    linkPreviews: patch.linkPreviews ?? present.linkPreviews,
    moderation: { ...present.moderation, ...definedOf(patch.moderation ?? {}) },
    files: { ...present.files, ...definedOf(patch.files ?? {}) },
  };
}

function definedOf<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** `https://shop.example:8443`: scheme, host and port and nothing else. Null when it is not one. */
export function originFrom(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin, protocol } = new URL(text);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && origin === text.replace(/\/$/, '').toLowerCase() ? origin : null;
}

/**
 * An empty list admits every origin. A call without any comes from outside browsers, where an origin would
 * prove nothing: the list keeps other companies' pages out, and pages run in honest browsers.
 */
export function isOriginAllowed(
  allowed: readonly string[],
  ownOrigin: string,
  origins: (string | undefined)[],
): boolean {
  if (allowed.length === 0) return true;
  return origins.every(
    (origin) => origin === undefined || origin === ownOrigin || allowed.includes(origin.toLowerCase()),
  );
}

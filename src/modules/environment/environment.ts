import type {
  EnvironmentLimits,
  EnvironmentSettings,
  FileSettings,
  IdentityVerification,
  ModerationSettings,
  OfficeHours,
} from '../../contracts/tenants.js';
import { definedOf } from './defined.js';
import { DEFAULT_OFFICE_HOURS } from './office-hours.js';
import {
  completeWidget,
  defaultWidget,
  mergeWidget,
  type EarlierWidgetSettings,
  type WidgetSettingsPatch,
} from './widget-settings.js';

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
  widget?: WidgetSettingsPatch;
  limits?: Partial<EnvironmentLimits>;
  linkPreviews?: boolean;
  moderation?: Partial<ModerationSettings>;
  files?: Partial<FileSettings>;
  officeHours?: Partial<OfficeHours>;
}

/** As stored before there was all of it. */
type EarlierSettings = Pick<EnvironmentSettings, 'limits'> & {
  widget: EarlierWidgetSettings;
  moderation?: Partial<ModerationSettings>;
} & Partial<Pick<EnvironmentSettings, 'linkPreviews' | 'files' | 'officeHours'>>;

const NO_MODERATION: ModerationSettings = { bannedWords: [], action: 'refuse' };
const FILES: FileSettings = { maxBytes: null };

export function defaultSettings(title: string, limits: EnvironmentLimits): EnvironmentSettings {
  return {
    widget: defaultWidget(title),
    limits,
    linkPreviews: false,
    moderation: NO_MODERATION,
    files: FILES,
    officeHours: DEFAULT_OFFICE_HOURS,
  };
}

export function completeSettings(stored: EarlierSettings): EnvironmentSettings {
  const { limits, widget, moderation } = stored;
  const { linkPreviews = false, files = FILES, officeHours = DEFAULT_OFFICE_HOURS } = stored;
  return {
    widget: completeWidget(widget),
    limits,
    linkPreviews,
    moderation: { ...NO_MODERATION, ...moderation },
    files,
    officeHours,
  };
}

/** Only what is named changes, down to a single greeting. */
export function mergeSettings(present: EnvironmentSettings, patch: SettingsPatch): EnvironmentSettings {
  return {
    widget: mergeWidget(present.widget, patch.widget ?? {}),
    limits: { ...present.limits, ...definedOf(patch.limits ?? {}) },
    linkPreviews: patch.linkPreviews ?? present.linkPreviews,
    moderation: { ...present.moderation, ...definedOf(patch.moderation ?? {}) },
    files: { ...present.files, ...definedOf(patch.files ?? {}) },
    officeHours: { ...present.officeHours, ...definedOf(patch.officeHours ?? {}) },
  };
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

import type { TFunction } from 'i18next';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PASSWORD_MIN = 10;
const PASSWORD_MAX = 200;
const NAME_MAX = 80;

export const emailRules = (t: TFunction) => ({
  required: t('common.required'),
  maxLength: 254,
  pattern: { value: EMAIL, message: t('auth.emailInvalid') },
});

export const newPasswordRules = (t: TFunction) => ({
  required: t('common.required'),
  minLength: { value: PASSWORD_MIN, message: t('auth.passwordTooShort') },
  maxLength: PASSWORD_MAX,
});

export const nameRules = (t: TFunction) => ({ required: t('common.required'), maxLength: NAME_MAX });

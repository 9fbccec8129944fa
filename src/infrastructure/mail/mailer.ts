export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for every try, so that a repeated job does not become a second mail where that can be told. */
  messageId?: string;
}

/** Sends one mail, or throws when it was not accepted for now. A mailbox that refuses for good is no error: trying again helps nobody. */
export abstract class Mailer {
  abstract send(mail: Mail): Promise<void>;
}

export interface SealedPushKey {
  publicKey: string;
  sealedPrivateKey: Buffer;
  createdAt: Date;
}

/** The one key pair of the installation. */
export abstract class PushKeyRepository {
  /** Answers the one that is stored from then on: of two nodes that make one at once, the first's. */
  abstract findOrInsert(make: () => SealedPushKey): Promise<SealedPushKey>;
}

export interface IdentitySample {
  id: 'node' | 'python' | 'php' | 'ruby' | 'go' | 'java';
  label: string;
  code: string;
}

/** Where the samples expect the identity secret: not in the code. */
export const SECRET_VARIABLE = 'CHAT_IDENTITY_SECRET';

/** How a company's server makes `memberHash`. Each of them is run by test/integration/identity-samples.spec.ts. */
export const IDENTITY_SAMPLES: readonly IdentitySample[] = [
  {
    id: 'node',
    label: 'Node.js',
    code: `import { createHmac } from 'node:crypto';

export function memberHash(memberId) {
  const secret = Buffer.from(process.env.${SECRET_VARIABLE}, 'hex');
  return createHmac('sha256', secret).update(memberId).digest('hex');
}`,
  },
  {
    id: 'python',
    label: 'Python',
    code: `import hashlib
import hmac
import os


def member_hash(member_id: str) -> str:
    secret = bytes.fromhex(os.environ["${SECRET_VARIABLE}"])
    return hmac.new(secret, member_id.encode(), hashlib.sha256).hexdigest()`,
  },
  {
    id: 'php',
    label: 'PHP',
    code: `<?php

function member_hash(string $memberId): string
{
    $secret = hex2bin(getenv('${SECRET_VARIABLE}'));
    return hash_hmac('sha256', $memberId, $secret);
}`,
  },
  {
    id: 'ruby',
    label: 'Ruby',
    code: `require "openssl"

def member_hash(member_id)
  secret = [ENV.fetch("${SECRET_VARIABLE}")].pack("H*")
  OpenSSL::HMAC.hexdigest("SHA256", secret, member_id)
end`,
  },
  {
    id: 'go',
    label: 'Go',
    code: `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"os"
)

func memberHash(memberID string) (string, error) {
	secret, err := hex.DecodeString(os.Getenv("${SECRET_VARIABLE}"))
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(memberID))
	return hex.EncodeToString(mac.Sum(nil)), nil
}`,
  },
  {
    id: 'java',
    label: 'Java',
    code: `import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

final class MemberHash {
    static String of(String memberId) throws GeneralSecurityException {
        byte[] secret = HexFormat.of().parseHex(System.getenv("${SECRET_VARIABLE}"));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(memberId.getBytes(StandardCharsets.UTF_8)));
    }
}`,
  },
];

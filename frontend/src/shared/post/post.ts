/** What a local bar sent to people, which it keeps instead: nothing leaves the machine. */
import type { Local } from '../configuration'
import { mailsOf, textMessagesOf, type Message } from './message'
import { readOwnApi } from './own-api'

/** All mails, the newest first. */
export async function readMails({ lettersUrl }: Local): Promise<Message[]> {
  return mailsOf(await readOwnApi(lettersUrl))
}

/** All text messages, the newest of each number first. */
export async function readTextMessages({ textMessagesUrl }: Local): Promise<Message[]> {
  return textMessagesOf(await readOwnApi(textMessagesUrl))
}

/** The newest mail or text message to this address and nobody else; null where none came. */
export async function newestTo(address: string, local: Local): Promise<Message | null> {
  const messages = await (address.includes('@') ? readMails(local) : readTextMessages(local))
  return messages.find(({ to }) => to.toLowerCase() === address.toLowerCase()) ?? null
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { type SignIn, SignInRefused } from './sign-in.js';

const LONGEST_FORM = 4_096;

/** The form behind the authorization endpoint. */
export async function signInPage(
  provider: Provider,
  signIn: SignIn,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt } = await provider.interactionDetails(request, response);
  if (prompt.name !== 'login') throw new Error(`There is no page for the prompt "${prompt.name}".`);
  if (request.method !== 'POST') return show(response, 200, '');
  const form = new URLSearchParams(await body(request));
  try {
    const account = await signIn.check(form.get('username') ?? '', form.get('password') ?? '');
    await provider.interactionFinished(request, response, { login: { accountId: account.id } });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    show(response, error.statusCode, error.error_description);
  }
}

async function body(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LONGEST_FORM) throw new Error('The form is too long.');
  }
  return text;
}

function show(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(`<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>均衡 · 登录</title>
<style>
  body { font: 16px system-ui, sans-serif; display: grid; place-items: center; min-height: 90vh; background: #f5f7fa }
  form { background: #fff; padding: 2rem; border-radius: 8px; width: 20rem; box-shadow: 0 2px 12px #0001 }
  input, button { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; margin: .25rem 0 1rem }
  strong { color: #a8071a } button { background: #1677ff; color: #fff; border: 0; border-radius: 6px }
</style>
<form method="post"><h1>均衡</h1>
  <p><strong>演示账号，不得用于生产 · Demonstration only</strong></p>
  <p role="alert"><strong>${message}</strong></p>
  <label>账号 · Account <input name="username" autocomplete="username" required autofocus></label>
  <label>密码 · Password <input name="password" type="password" autocomplete="current-password" required></label>
  <button>登录 · Sign in</button>
</form></html>`);
}

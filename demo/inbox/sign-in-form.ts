import { find } from './dom.js';
import { describeProblem } from './problem.js';

/** The sign-in screen: a form, one problem at a time in words, busy while the server decides. */
export class SignInForm {
  readonly #root: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #problem: HTMLElement;
  readonly #email: HTMLInputElement;
  readonly #password: HTMLInputElement;
  readonly #button: HTMLButtonElement;

  /** `signIn` rejects with a `CodedError` when refused. */
  constructor(root: HTMLElement, signIn: (email: string, password: string) => Promise<void>) {
    this.#root = root;
    this.#form = find(root, 'form');
    this.#problem = find(root, '.problem');
    this.#email = find(root, '[name="email"]');
    this.#password = find(root, '[name="password"]');
    this.#button = find(root, 'button');
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#check()) void this.#submit(signIn);
    });
  }

  show(problem: string | null): void {
    this.#root.hidden = false;
    this.#say(problem);
    this.#email.focus();
  }

  hide(): void {
    this.#root.hidden = true;
    this.#form.reset();
    this.#say(null);
  }

  async #submit(signIn: (email: string, password: string) => Promise<void>): Promise<void> {
    if (this.#button.disabled) return;
    this.#button.disabled = true;
    this.#button.textContent = 'Signing in…';
    this.#say(null);
    try {
      await signIn(this.#email.value.trim(), this.#password.value);
    } catch (error) {
      this.#password.value = '';
      this.#say(describeProblem(error));
    } finally {
      this.#button.disabled = false;
      this.#button.textContent = 'Sign in';
    }
    if (!this.#problem.hidden) this.#password.focus();
  }

  #check(): boolean {
    this.#email.setAttribute('aria-invalid', String(!this.#email.validity.valid));
    this.#password.setAttribute('aria-invalid', String(!this.#password.validity.valid));
    if (!this.#email.validity.valid) {
      this.#say('Write your email address.');
      this.#email.focus();
      return false;
    }
    if (!this.#password.validity.valid) {
      this.#say('Write your password.');
      this.#password.focus();
      return false;
    }
    return true;
  }

  #say(problem: string | null): void {
    this.#problem.hidden = problem === null;
    this.#problem.textContent = problem ?? '';
  }
}

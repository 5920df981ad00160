/** Of ARC: whether the demonstrations are judged before the score; read by {@link stopsIfSuspect}. */
export function StopIfSuspect() {
  return (
    <label class="check" title="Demonstrations that training saw are solved first; far too few solved, and the evaluation ends there">
      <input type="checkbox" name="stopIfSuspect" />
      <span>Stop before the score if the canary says that it is set up wrongly</span>
    </label>
  );
}

/** What the form says; without the field no. */
export function stopsIfSuspect(form: FormData): boolean {
  return form.get('stopIfSuspect') === 'on';
}

import { useSignal } from '@preact/signals';

/** Copies the address, which carries the state. */
export function AddressButton() {
  const said = useSignal('');
  const copy = async () => {
    // The address follows a change after a pause.
    await new Promise((resolve) => setTimeout(resolve, 200));
    said.value = await navigator.clipboard.writeText(location.href).then(
      () => 'Copied',
      () => 'Copy it from the address bar',
    );
  };
  return (
    <span class="address">
      <button type="button" onClick={copy}>
        Copy a link to this
      </button>
      <span role="status">{said}</span>
    </span>
  );
}

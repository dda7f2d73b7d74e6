/** A button for a kit that brings none: it shows what `show` puts into its place. */
export function onLauncher(show: (place: HTMLElement) => void): void {
  const button = document.createElement('button');
  button.id = 'launcher';
  button.textContent = 'Chat';
  const place = document.createElement('div');
  place.style.cssText = 'position: fixed; right: 20px; bottom: 80px; width: 360px; height: 480px';
  button.addEventListener('click', () => show(place), { once: true });
  document.body.append(button, place);
}

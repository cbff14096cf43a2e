import { useEffect } from 'preact/hooks';
import { route } from './state/route.ts';
import { Unfolding } from './unfolding.tsx';
import { VIEWS } from './views.ts';

/** The frame: where one is, and the view. */
export function Page() {
  const { view } = route.value;
  const current = VIEWS.find(({ name }) => name === view) ?? VIEWS[0];
  useEffect(() => {
    document.title = `${current.title} · the softmax playground`;
  }, [current]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        Skip to the view
      </button>
      <header class="site">
        <p class="wordmark">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M1 9h4v6H1zM6 1h4v14H6zM11 12h4v3h-4z" />
          </svg>
          softmax <span>playground</span>
        </p>
        <nav aria-label="Views">
          <ul>
            {VIEWS.map(({ name, title }) => (
              <li key={name}>
                <a href={`#/${name}`} aria-current={name === current.name ? 'page' : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        <Unfolding key={current.name} view={current} />
      </main>
      <footer class="site">
        Every number on this page is computed in it, by <code>@softmax/core</code>, in float64 unless it says
        otherwise. Nothing leaves your machine.
      </footer>
    </>
  );
}

"""Sending a code and checking the answer."""

from collections.abc import Callable, Mapping

from chalicelib.identity.post import Post
from chalicelib.identity.sign_in import id_at, is_right, new_code, too_many_codes, too_many_guesses
from chalicelib.identity.store import SignInStore


def send_code(
    store: SignInStore,
    post: Post,
    user_name: str,
    attributes: Mapping[str, str],
    now: int,
    random_code: Callable[[], tuple[str, str]],
) -> str:
    """Send a new code, or ask for the newest that was sent where enough of them live; gives its id, which is no secret.

    Args:
        store: where codes are remembered.
        post: who delivers them.
        user_name: Cognito's name of the user.
        attributes: the user's attributes, with an address.
        now: ms since 1970.
        random_code: gives a fresh id and six digits.

    Raises:
        Conflict: `TooManyCodes`.
    """
    if not store.may_guess(user_name, now):
        raise too_many_guesses()
    random_id, code = random_code()
    for place in store.free_places(user_name, now):
        kept = new_code(user_name, id_at(place, random_id), code, now)
        if store.add(kept):  # else somebody who began at the same moment has the place
            post.deliver(code, attributes)
            return kept.code_id
    newest = store.newest(user_name, now)
    if newest is None:
        raise too_many_codes()
    return newest


def check_answer(store: SignInStore, user_name: str, code_id: str | None, answer: str, now: int) -> bool:
    """Whether the answer is the session's code, still good and not used before."""
    code = store.count_answer(user_name, code_id, now) if code_id else None
    if code is None or not store.count_guess(user_name, now):
        return False
    right = is_right(code, answer) and store.spend(user_name, code.code_id)
    if right:
        store.forgive_guess(user_name, now)
    return right

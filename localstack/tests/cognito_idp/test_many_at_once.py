from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def test_many_users_sign_up_and_in_at_once(code_pool: Any, cognito: Any) -> None:
    names = [f"user{number}@example.com" for number in range(24)]

    def join(name: str) -> tuple[str, str]:
        sub = code_pool.sign_up(name)["UserSub"]
        return sub, cognito.get_user(AccessToken=code_pool.sign_in(name)["AccessToken"])["Username"]

    with ThreadPoolExecutor(16) as threads:
        joined = list(threads.map(join, names))
    assert all(sub == username for sub, username in joined)
    assert len({sub for sub, _ in joined}) == len(names)
    listed = cognito.list_users(UserPoolId=code_pool.id)["Users"]
    assert {user["Username"] for user in listed} == {sub for sub, _ in joined}


def test_the_same_name_signs_up_once_however_many_try_at_once(code_pool: Any, cognito: Any) -> None:
    def join(_: int) -> str:
        try:
            code_pool.sign_up("ana@example.com")
        except cognito.exceptions.UsernameExistsException:
            return "taken"
        return "joined"

    with ThreadPoolExecutor(16) as threads:
        assert Counter(threads.map(join, range(32))) == {"joined": 1, "taken": 31}
    assert len(cognito.list_users(UserPoolId=code_pool.id)["Users"]) == 1

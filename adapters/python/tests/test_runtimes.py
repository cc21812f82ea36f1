"""Every step in every runtime. A runtime whose packages are missing is named, and left out."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Any, Dict, List, Tuple, Type
from unittest import TestSuite

from .adapter import (
    ASYNCIO,
    EVENTLET,
    EVENTLET_ASYNCIO,
    GEVENT,
    OSLO_EVENTLET,
    OSLO_THREADING,
    PLAIN,
    THREADS,
    AdapterTest,
    phases,
    step,
    value_of,
)
from .every_runtime import Cooperative, EveryRuntime, Exclusion, Outcomes, Silence
from .profile_steps import CalledBack, HoldsAnEarlyLock, HoldsTheLog, Killable, Timed, WaitsForAPlace


class Plain(EveryRuntime, Outcomes, Exclusion):
    script = PLAIN
    sleeps_without_argument = False

    def test_a_yield_is_the_runtimes_and_gives_nothing(self) -> None:
        events = self.run_program([step('yield', 'yield'), step('get', 'after', variable='v')])
        self.assertEqual(phases(events)[:3], ['main yield started', 'main yield finished', 'main after started'])
        self.assertIsNone(value_of(events, 'yield'))


class Threads(EveryRuntime, Outcomes, Exclusion, CalledBack, HoldsTheLog):
    script = THREADS
    sleeps_without_argument = False

    def test_the_identity(self) -> None:
        assert_identity(self, name='threads', lock='oslo_concurrency.lockutils', stand_in=False)


class Asyncio(EveryRuntime, Outcomes, Exclusion, Cooperative, Killable, Timed, HoldsTheLog):
    script = ASYNCIO
    sleeps_without_argument = False

    def test_the_identity(self) -> None:
        assert_identity(self, name='asyncio', lock='asyncio.Lock', stand_in=True, hub='asyncio.')


class PatchedGevent(EveryRuntime, Outcomes, Exclusion, Cooperative, Killable, Timed, CalledBack, WaitsForAPlace, HoldsTheLog, HoldsAnEarlyLock):
    script = GEVENT
    patch = True
    standard_sleep_switches = True

    def test_the_identity(self) -> None:
        assert_identity(self, name='gevent', lock='gevent.lock.BoundedSemaphore', stand_in=True, hub='gevent.')

    def test_nothing_was_there_before_it_patched(self) -> None:
        self.assertEqual(self.adapter.end_input(), 0)
        self.assertNotIn('MonkeyPatchWarning', self.adapter.log())


class UnpatchedGevent(EveryRuntime, Outcomes, Exclusion, Cooperative):
    script = GEVENT


class PatchedEventlet(EveryRuntime, Outcomes, Exclusion, Cooperative, Killable, Timed, CalledBack, WaitsForAPlace, HoldsTheLog, HoldsAnEarlyLock):
    script = EVENTLET
    patch = True
    standard_sleep_switches = True

    def test_the_identity(self) -> None:
        lock = 'oslo_concurrency.lockutils'
        assert_identity(self, name='eventlet', lock=lock, stand_in=False, hub='eventlet.hubs.')


class UnpatchedEventlet(EveryRuntime, Outcomes, Cooperative, Killable, Timed, CalledBack, WaitsForAPlace):
    script = EVENTLET

    def test_there_is_no_lock(self) -> None:
        self.assertNotIn('synchronized', self.initialized['result']['capabilities'])
        error = self.refusal({'threads': {'main': {'steps': [step('synchronized', name='l', steps=[])]}}})
        self.assertIn('no synchronized', error['message'])


class PatchedEventletAsyncio(EveryRuntime, Outcomes, Exclusion, Cooperative, Killable, Timed, CalledBack, WaitsForAPlace, HoldsTheLog, HoldsAnEarlyLock):
    script = EVENTLET_ASYNCIO
    patch = True
    standard_sleep_switches = True

    def test_the_identity(self) -> None:
        lock, hub = 'oslo_concurrency.lockutils', 'eventlet.hubs.asyncio'
        assert_identity(self, name='eventlet-asyncio', lock=lock, stand_in=False, hub=hub)


class UnpatchedEventletAsyncio(EveryRuntime, Outcomes, Cooperative):
    script = EVENTLET_ASYNCIO


class PatchedOsloServiceEventlet(EveryRuntime, Outcomes, Exclusion, Cooperative, Killable, Timed, CalledBack, WaitsForAPlace, HoldsTheLog, HoldsAnEarlyLock):
    script = OSLO_EVENTLET
    patch = True
    standard_sleep_switches = True

    def test_the_identity(self) -> None:
        lock = 'oslo_concurrency.lockutils'
        assert_identity(self, name='oslo-service-eventlet', lock=lock, stand_in=False, hub='eventlet.hubs.')


class UnpatchedOsloServiceEventlet(EveryRuntime, Outcomes, Cooperative):
    script = OSLO_EVENTLET


class OsloServiceThreading(EveryRuntime, Silence, Exclusion, CalledBack, HoldsTheLog):
    script = OSLO_THREADING
    sleeps_without_argument = False

    def test_the_identity(self) -> None:
        assert_identity(self, name='oslo-service-threading', lock='oslo_concurrency.lockutils', stand_in=False)


def assert_identity(test: AdapterTest, *, name: str, lock: str, stand_in: bool, hub: str = '') -> None:
    runtime = test.initialized['result']['runtime']
    test.assertEqual(runtime['name'], name)
    test.assertEqual((runtime['lock']['name'], runtime['lock']['standIn']), (lock, stand_in))
    test.assertTrue(runtime.get('hub', '').startswith(hub), runtime)


OSLO = ('oslo_concurrency', 'oslo_service', 'futurist', 'cotyledon')
#: What each takes, as it is imported.
CASES: Dict[Type[AdapterTest], Tuple[str, ...]] = {
    Plain: (),
    Threads: ('oslo_concurrency',),
    Asyncio: (),
    PatchedGevent: ('gevent',),
    UnpatchedGevent: ('gevent',),
    PatchedEventlet: ('eventlet', 'oslo_concurrency'),
    UnpatchedEventlet: ('eventlet',),
    PatchedEventletAsyncio: ('eventlet', 'oslo_concurrency'),
    UnpatchedEventletAsyncio: ('eventlet',),
    PatchedOsloServiceEventlet: ('eventlet', *OSLO),
    UnpatchedOsloServiceEventlet: ('eventlet', *OSLO),
    OsloServiceThreading: OSLO,
}


def load_tests(loader: Any, _tests: TestSuite, _pattern: Any) -> TestSuite:
    suite = TestSuite()
    for case, modules in CASES.items():
        missing: List[str] = [module for module in modules if find_spec(module) is None]
        if missing:
            print(f'not run: tests of {case.__name__} ({", ".join(missing)} not installed)', file=sys.stderr)
        else:
            suite.addTests(loader.loadTestsFromTestCase(case))
    return suite

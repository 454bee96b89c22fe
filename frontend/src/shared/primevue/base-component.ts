/**
 * What all components of PrimeVue are made of, in the place of its own `@primevue/core/basecomponent`
 * (tools/vite/lean-primevue.ts). It gives them the same elements, classes and attributes, and leaves out what the bar does not
 * use and each component pays for all the same: pass-through, hooks, and looks that are worked out in the browser.
 */
import { useAttrSelector } from '@primevue/core/useattrselector'
import { getKeyValue, toFlatCase } from '@primeuix/utils/object'
import { mergeProps, type ComponentPublicInstance } from 'vue'

type Values = Record<string, unknown>
type Look = 'classes' | 'inlineStyles'

/** A component of PrimeVue, as far as it is needed here. */
interface Self extends Omit<ComponentPublicInstance, '$options' | '$data' | '$primevue'> {
  $options: { hostName?: string; style?: Values }
  $data: Values
  $parentInstance: Self | undefined
  $primevue?: { config?: Values }
  $attrSelector: string
  $id: string
  $params: Values
  $style: Partial<Record<Look, Values>>
  uid: string
  /** Attributes of the component that this one is a part of. */
  pt?: Values
  ptm: (key?: string) => Values
  _getHostInstance: (instance: Self | null | undefined) => Self | undefined
}

const PART = 'data-pc-section'

function nameOf(self: Self): string {
  return self.$.type.name ?? ''
}

/** Attributes by which the component finds its own element, and says what it is. */
function rootAttributes(self: Self): Values {
  const part = self.pt?.[PART]
  if (typeof part !== 'string') return { 'data-pc-name': toFlatCase(nameOf(self)), [self.$attrSelector]: '' }
  return {
    'data-pc-name': toFlatCase(part),
    'data-pc-extend': toFlatCase(nameOf(self)),
    [self.$attrSelector]: '',
  }
}

function lookOf(self: Self, look: Look, key: string, params: Values): unknown {
  return getKeyValue(self.$style[look], key, { ...self.$params, ...params })
}

export default {
  name: 'BaseComponent',
  props: {
    pt: { type: Object, default: undefined },
    ptOptions: { type: Object, default: undefined },
    unstyled: { type: Boolean, default: undefined },
    dt: { type: Object, default: undefined },
  },
  inject: { $parentInstance: { default: undefined } },
  beforeCreate(this: Self) {
    this.$attrSelector = useAttrSelector()
    this.uid = (this.$attrs.id as string | undefined) ?? this.$attrSelector.replace('pc', 'pv_id_')
  },
  methods: {
    /** The component that this one is a part of, where it is part of one. */
    _getHostInstance(this: Self, instance: Self | null | undefined): Self | undefined {
      const { hostName } = this.$options
      if (!instance || !hostName) return instance?.$parentInstance
      return nameOf(instance) === hostName ? instance : this._getHostInstance(instance.$parentInstance)
    },
    ptm(this: Self, key = ''): Values {
      if (key === 'transition') return {}
      return { ...(key === 'root' && rootAttributes(this)), [PART]: toFlatCase(key) }
    },
    ptmi(this: Self, key = ''): Values {
      const attributes: Values = mergeProps(this.$attrs, this.ptm(key))
      if ('id' in attributes) attributes.id ??= this.$id
      return attributes
    },
    ptmo: (_: unknown, key = ''): Values => ({ [PART]: toFlatCase(key) }),
    cx(this: Self, key = '', params: Values = {}): unknown {
      return lookOf(this, 'classes', key, params)
    },
    sx(this: Self, key = '', when = true, params: Values = {}): unknown {
      return when ? lookOf(this, 'inlineStyles', key, params) : undefined
    },
  },
  computed: {
    isUnstyled: () => false,
    $id: (self: Self) => (self.$attrs.id as string | undefined) ?? self.uid,
    $inProps(this: Self): Values {
      const given = this.$.vnode.props ?? {}
      return Object.fromEntries(Object.entries(this.$props).filter(([name]) => name in given))
    },
    $style(this: Self): Values {
      return { ...this._getHostInstance(this)?.$style, ...this.$options.style }
    },
    $primevueConfig: (self: Self) => self.$primevue?.config,
    $name: (self: Self) => self.$options.hostName ?? nameOf(self),
    /** What classes are worked out from. */
    $params(this: Self): Values {
      const parent = this._getHostInstance(this) ?? (this.$parent as Self | null)
      const { $props: props, $data: state, $attrs: attrs } = this
      return {
        instance: this,
        props,
        state,
        attrs,
        parent: { instance: parent, props: parent?.$props, state: parent?.$data, attrs: parent?.$attrs },
      }
    },
  },
}

package org.hearthwatch.plugin.jar;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites a class so that {@code System.exit}, {@code Runtime.exit} and {@code Runtime.halt}, called or passed on as a method
 * reference, throw a {@link SecurityException} instead. The calls are led to two methods added to the class itself, which
 * take what the original took, so that no stack map frame changes. A call through reflection is not caught.
 */
public final class ExitBarrier {

    /** What the exception says. */
    public static final String MESSAGE =
            "A plugin may not end the appliance: its call of System.exit, Runtime.exit or Runtime.halt"
                    + " was turned into this exception";

    private static final String STATIC_NAME = "hearthwatch$exit";
    private static final String STATIC_DESCRIPTOR = "(I)V";
    private static final String RUNTIME_NAME = "hearthwatch$runtimeExit";
    private static final String RUNTIME_DESCRIPTOR = "(Ljava/lang/Runtime;I)V";

    private ExitBarrier() {}

    /**
     * The class with its exit calls blocked; empty where it has none and can stay as it is.
     *
     * @throws RuntimeException if the bytes are no class file
     */
    public static Optional<byte[]> raise(byte[] classFile) {
        var reader = new ClassReader(classFile);
        var writer = new ClassWriter(reader, 0);
        var rewriting = new Rewriting(writer);
        reader.accept(rewriting, 0);
        return rewriting.changed ? Optional.of(writer.toByteArray()) : Optional.empty();
    }

    private static final class Rewriting extends ClassVisitor {

        private String owner = "";
        private boolean isInterface;
        private boolean changed;

        Rewriting(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            owner = name;
            isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Calls(this, super.visitMethod(access, name, descriptor, signature, exceptions));
        }

        @Override
        public void visitEnd() {
            if (changed) {
                addThrower(STATIC_NAME, STATIC_DESCRIPTOR, 1);
                addThrower(RUNTIME_NAME, RUNTIME_DESCRIPTOR, 2);
            }
            super.visitEnd();
        }

        private void addThrower(String name, String descriptor, int locals) {
            MethodVisitor code = super.visitMethod(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
            code.visitCode();
            code.visitTypeInsn(Opcodes.NEW, "java/lang/SecurityException");
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(MESSAGE);
            code.visitMethodInsn(
                    Opcodes.INVOKESPECIAL, "java/lang/SecurityException", "<init>", "(Ljava/lang/String;)V", false);
            code.visitInsn(Opcodes.ATHROW);
            code.visitMaxs(3, locals);
            code.visitEnd();
        }
    }

    private static final class Calls extends MethodVisitor {

        private final Rewriting inClass;

        Calls(Rewriting inClass, MethodVisitor writer) {
            super(Opcodes.ASM9, writer);
            this.inClass = inClass;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (Wish.isExit(owner, name, descriptor)) {
                inClass.changed = true;
                boolean onRuntime = opcode != Opcodes.INVOKESTATIC;
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        inClass.owner,
                        onRuntime ? RUNTIME_NAME : STATIC_NAME,
                        onRuntime ? RUNTIME_DESCRIPTOR : STATIC_DESCRIPTOR,
                        inClass.isInterface);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            super.visitLdcInsn(blocked(value));
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] replaced = arguments.clone();
            for (int i = 0; i < replaced.length; i++) {
                replaced[i] = blocked(replaced[i]);
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, replaced);
        }

        private Object blocked(Object constant) {
            if (constant instanceof Handle handle
                    && Wish.isExit(handle.getOwner(), handle.getName(), handle.getDesc())) {
                inClass.changed = true;
                boolean onRuntime = handle.getTag() != Opcodes.H_INVOKESTATIC;
                return new Handle(
                        Opcodes.H_INVOKESTATIC,
                        inClass.owner,
                        onRuntime ? RUNTIME_NAME : STATIC_NAME,
                        onRuntime ? RUNTIME_DESCRIPTOR : STATIC_DESCRIPTOR,
                        inClass.isInterface);
            }
            return constant;
        }
    }
}
